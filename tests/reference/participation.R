# Who answered, and how the points of a week are divided, in base R.
source("data.R")

rate <- function(community, wave, part, counted) {
  completeness <- cell(community, wave)$completeness
  people <- population(community, wave)
  impossible <- is.na(people) || length(completeness) > people
  n <- sum(completeness %in% counted)
  figure("response", community, wave, n = n, part = part, estimate = if (impossible) NA else n / people)
}

coverage <- function(community, wave) {
  n <- length(unique(na.omit(cell(community, wave)$partner)))
  figure("coverage", community, wave, n = n, estimate = n / 3)
}

# Pielou's evenness of the mean shares, and which part of them would have to move to be as intended.
division <- function(community, wave) {
  given <- na.omit(cell(community, wave)[c("work", "learn", "renew")])
  p <- colMeans(given)
  rbind(
    figure("balance", community, wave, n = nrow(given), estimate = -sum(ifelse(p > 0, p * log(p), 0)) / log(3)),
    figure("mix-distance", community, wave, n = nrow(given), estimate = sum(abs(p - c(0.5, 0.3, 0.2))) / 2)
  )
}

record("participation", rbind(
  each_cell(function(community, wave) rate(community, wave, "", "complete")),
  each_cell(function(community, wave) rate(community, wave, "with_partial", c("complete", "partial"))),
  each_cell(coverage),
  each_cell(division)
))
