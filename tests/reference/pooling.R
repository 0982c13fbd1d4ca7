# Random effects over communities: metafor's Paule-Mandel and REML, with the interval of Knapp and Hartung.
suppressMessages(library(metafor))

effects <- read.csv("effects.csv")
tight <- list(threshold = 1e-14, tol = 1e-14, maxiter = 100000, stepadj = 0.5)

pooled <- function(set, method, test) {
  mine <- effects[effects$set == set, ]
  fit <- rma(y, v, data = mine, method = method, test = test, control = tight)
  ahead <- predict(fit)
  shrunken <- if (method == "PM" && test == "knha") blup(fit)$pred[1] else NA
  data.frame(set, method, test, k = fit$k, value = fit$beta[1], se = fit$se, low = fit$ci.lb, high = fit$ci.ub,
             p = fit$pval, tau2 = fit$tau2, i2 = fit$I2 / 100, q = fit$QE, q_p = fit$QEp,
             predicted_low = ahead$pi.lb, predicted_high = ahead$pi.ub, shrunken)
}

# Each group with a tau-squared of its own, then what is between them (Borenstein, 2009, ch. 19).
apart <- function(set) {
  mine <- effects[effects$set == set, ]
  fits <- lapply(split(mine, mine$group), function(one) rma(y, v, data = one, method = "PM", test = "adhoc", control = tight))
  means <- vapply(fits, function(fit) fit$beta[1], 1)
  between <- rma(means, sei = vapply(fits, `[[`, 1, "se"), method = "FE")
  data.frame(set, q = between$QE, p = between$QEp)
}

write <- function(name, table) {
  numbers <- vapply(table, is.numeric, TRUE)
  table[numbers] <- lapply(table[numbers], function(one) ifelse(is.na(one), "", sprintf("%.14g", one)))
  file <- file.path("recorded", "formulas", paste0(name, ".csv"))
  writeLines(paste0("# ", R.version.string, ", metafor ", packageVersion("metafor")), file)
  suppressWarnings(write.table(table, file, append = TRUE, sep = ",", quote = FALSE, row.names = FALSE))
}

sets <- unique(effects$set)
ways <- expand.grid(set = sets, method = c("PM", "REML"), test = c("knha", "adhoc"), stringsAsFactors = FALSE)
write("pooling", do.call(rbind, Map(pooled, ways$set, ways$method, ways$test)))
write("pooling_groups", do.call(rbind, lapply(sets[-(1:2)], apart)))
