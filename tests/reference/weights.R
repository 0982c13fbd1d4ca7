# Weights: rake, postStratify and trimWeights of survey, on made-up strata.
suppressMessages(library(survey))

strata <- read.csv("strata.csv")
people <- strata[rep(seq_len(nrow(strata)), strata$n), ]
design <- suppressWarnings(svydesign(ids = ~1, weights = ~1, data = people))
types <- data.frame(type = c("a", "b", "c"), Freq = c(30, 50, 20))
sizes <- data.frame(size = c("s", "l"), Freq = c(65, 35))

tight <- list(maxit = 10000, epsilon = 1e-13, verbose = FALSE)
fits <- list(
  post = postStratify(design, ~type, types),
  rake = rake(design, list(~type, ~size), list(types, sizes), control = tight)
)
fits$trim <- trimWeights(fits$rake, lower = 0.6 * mean(weights(fits$rake)), upper = 1.5 * mean(weights(fits$rake)), strict = TRUE)

figures <- function(name) {
  fit <- fits[[name]]
  w <- weights(fit)
  each <- tapply(w, factor(people$stratum, strata$stratum), function(one) one[1])
  data.frame(way = name, stratum = strata$stratum, weight = ifelse(is.na(each), 0, each),
             mean = coef(svymean(~score, fit))[[1]], effect = length(w) * sum(w^2) / sum(w)^2,
             effective = sum(w)^2 / sum(w^2))
}

table <- do.call(rbind, lapply(names(fits), figures))
numbers <- vapply(table, is.numeric, TRUE)
table[numbers] <- lapply(table[numbers], function(one) sprintf("%.14g", one))
file <- file.path("recorded", "formulas", "weights.csv")
writeLines(paste0("# ", R.version.string, ", survey ", packageVersion("survey")), file)
suppressWarnings(write.table(table, file, append = TRUE, sep = ",", quote = FALSE, row.names = FALSE))
