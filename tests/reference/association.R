# What goes together: Pearson's r in each community, as Fisher's z, pooled by metafor (Paule-Mandel, ad hoc
# Knapp-Hartung), where five communities have ten people or more.
suppressMessages(library(metafor))
source("data.R")

tight <- list(threshold = 1e-14, tol = 1e-14, maxiter = 100000)

effects <- function(wave, one, two) {
  do.call(rbind, lapply(communities, function(community) {
    both <- na.omit(cell(community, wave)[c(one, two)])
    r <- if (nrow(both) >= 10) cor(both[[1]], both[[2]]) else NA
    data.frame(n = nrow(both), z = atanh(r), v = 1 / (nrow(both) - 3))
  }))
}

together <- function(wave, pair, one, two) {
  mine <- na.omit(effects(wave, one, two))
  if (nrow(mine) < 5) return(NULL)
  fit <- rma(z, v, data = mine, method = "PM", test = "adhoc", control = tight)
  ahead <- predict(fit)
  row <- function(last, ...) figure("together", "", wave, part = paste0(pair, last), n = sum(mine$n), ...)
  rbind(
    row(":r", estimate = tanh(fit$beta[1]), low = tanh(fit$ci.lb), high = tanh(fit$ci.ub), p = fit$pval),
    row(":next", estimate = tanh(fit$beta[1]), low = tanh(ahead$pi.lb), high = tanh(ahead$pi.ub)),
    row(":i2", estimate = fit$I2 / 100)
  )
}

# The p-values of a report are held together, apart from those of changes.
all_of <- function(wave) {
  found <- rbind(together(wave, "trust+pride", "trust", "pride1"), together(wave, "trust+credit", "trust", "credit1"))
  if (is.null(found)) NULL else transform(found, p = p.adjust(p, "BH"))
}

record("association", do.call(rbind, lapply(waves, all_of)), "metafor")
