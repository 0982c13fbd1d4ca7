# Weighted means and shares, the variance of the answers, how many of equal weight they are worth, and Korn and
# Graubard's interval with survey's own standard error, on made-up respondents, of whom some did not answer.
suppressMessages(library(survey))

people <- read.csv("weighted.csv")
people$all <- ifelse(is.na(people$score), 3, people$score)
people$N <- 100
types <- data.frame(type = c("a", "b", "c"), Freq = c(30, 50, 20))
sizes <- data.frame(size = c("s", "l"), Freq = c(65, 35))
tight <- list(maxit = 10000, epsilon = 1e-13, verbose = FALSE)

weighed <- function(design) {
  fits <- list(
    post = postStratify(design, ~type, types),
    rake = rake(design, list(~type, ~size), list(types, sizes), control = tight)
  )
  w <- mean(weights(fits$rake))
  fits$trim <- trimWeights(fits$rake, lower = 0.62 * w, upper = 1.5 * w, strict = TRUE)
  fits
}

figures <- function(way, fit, answers, correction) {
  fit <- update(fit, score_ = fit$variables[[answers]], share_ = as.numeric(fit$variables[[answers]] >= 4))
  answered <- !is.na(fit$variables[[answers]])  # a calibrated design counts the others too, in svyvar
  told <- weights(fit)[answered]
  those <- svydesign(ids = ~1, weights = told, data = fit$variables[answered, ])
  rows <- lapply(c(score = ~score_, share = ~share_), function(one) {
    mean <- svymean(one, fit, na.rm = TRUE)
    data.frame(way = way, answers = answers, mean = coef(mean)[[1]], se = SE(mean)[[1]] * sqrt(correction),
               variance = coef(svyvar(one, those))[[1]], worth = sum(told)^2 / sum(told^2))
  })
  cbind(do.call(rbind, rows), of = names(rows))[c("way", "answers", "of", "mean", "se", "variance", "worth")]
}

finite <- weighed(svydesign(ids = ~1, fpc = ~N, data = people))
endless <- weighed(suppressWarnings(svydesign(ids = ~1, weights = ~1, data = people)))
answered <- sum(!is.na(people$score))
table <- do.call(rbind, unlist(lapply(names(finite), function(way) list(
  figures(way, finite[[way]], "all", 1),
  figures(way, endless[[way]], "score", 1 - answered / 100)
)), recursive = FALSE))
table$low <- table$high <- NA
for (way in names(finite)) {
  ends <- confint(svyciprop(~ I(as.numeric(all >= 4)), finite[[way]], method = "beta"))
  table[table$way == way & table$answers == "all" & table$of == "share", c("low", "high")] <- ends
}
numbers <- vapply(table, is.numeric, TRUE)
table[numbers] <- lapply(table[numbers], function(one) ifelse(is.na(one), "", sprintf("%.14g", one)))
file <- file.path("recorded", "formulas", "weighted.csv")
writeLines(paste0("# ", R.version.string, ", survey ", packageVersion("survey")), file)
suppressWarnings(write.table(table, file, append = TRUE, sep = ",", quote = FALSE, row.names = FALSE))
