# Weighted means and shares with their variance, and Korn and Graubard's interval, on made-up respondents, of
# whom some did not answer. The finite population's correction of `some` is that of those who did.
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
  rows <- list(
    score = svymean(as.formula(paste0("~", answers)), fit, na.rm = TRUE),
    share = svymean(as.formula(paste0("~I(as.numeric(", answers, " >= 4))")), fit, na.rm = TRUE)
  )
  data.frame(way = way, answers = answers, of = names(rows), mean = vapply(rows, function(one) coef(one)[[1]], 0),
             se = vapply(rows, function(one) SE(one)[[1]], 0) * sqrt(correction))
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
