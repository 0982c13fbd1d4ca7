# Means of communities, of partner types (strata), and across communities (two stages): estimates, standard
# errors and the intervals of numbers by survey; intervals on a scale, which survey does not have, by hand.
suppressMessages(library(survey))
source("data.R")

UNKNOWN <- 1e15  # people: no correction

# N where it is known and can be true.
usable <- function(n, people) if (is.na(people) || people < n) UNKNOWN else people

# Those who did not answer are as those who did and one more, who is half at each end of the scale.
on_scale <- function(value, people, scale) {
  silent <- if (people == UNKNOWN) 1 else 1 - length(value) / people
  weight <- c(rep(1, length(value)), 0.5, 0.5)
  middle <- weighted.mean(c(value, scale), weight)
  spread <- sum(weight * (c(value, scale) - middle)^2) / (sum(weight) - 1)
  ends <- silent * middle + c(-1, 1) * qt(0.975, length(value) - 1) * sqrt(silent * spread / sum(weight))
  (1 - silent) * mean(value) + pmin(pmax(ends, silent * scale[1]), silent * scale[2])
}

mean_figure <- function(indicator, community, wave, value, scale, part = "") {
  n <- length(value)
  people <- usable(n, population(community, wave))
  found <- svymean(~value, svydesign(ids = ~1, weights = ~1, fpc = rep(people, n), data = data.frame(value)))
  ends <- if (n == people) c(NA, NA) else if (is.null(scale)) confint(found, df = n - 1) else on_scale(value, people, scale)
  figure(indicator, community, wave, n = n, estimate = coef(found), se = as.numeric(SE(found)),
         low = ends[1], high = ends[2], part = part)
}

of_communities <- function(indicator, column, scale, part = "") each_cell(function(community, wave) {
  mean_figure(indicator, community, wave, as.numeric(na.omit(cell(community, wave)[[column]])), scale, part)
})

# Partner types are strata of their own size.
of_types <- function(wave) {
  given <- na.omit(cell("alpha", wave)[c("trust", "type")])
  given$people <- vapply(given$type, function(type) population("alpha", wave, type), 1)
  found <- svyby(~trust, ~type, svydesign(ids = ~1, strata = ~type, fpc = ~people, data = given), svymean)
  n <- as.numeric(table(given$type)[found$type])
  ends <- vapply(found$type, function(type) {
    mine <- given[given$type == type, ]
    on_scale(mine$trust, mine$people[1], c(1, 5))
  }, c(1, 2))
  figure("trust-mean", "alpha", wave, n = n, estimate = found$trust, se = SE(found), low = ends[1, ],
         high = ends[2, ], group_value = found$type)
}

# The mean of the communities' means, as a total of answers that weigh 1 / (communities x respondents).
# First stage: communities, out of four; second stage: people, out of those of the community.
in_wave <- function(indicator, column, wave, part) {
  given <- na.omit(data.frame(
    community = answers$community, person = seq_len(nrow(answers)), value = answers[[column]]
  )[answers$wave == wave, ])
  n <- table(given$community)
  people <- vapply(names(n), function(one) usable(n[[one]], population(one, wave)), 1)
  given <- transform(given, weight = as.numeric(1 / length(n) / n[community]), people = people[community], all = length(communities))
  found <- svytotal(~value, svydesign(
    ids = ~community + person, weights = ~weight, fpc = ~all + people, data = given
  ))
  ends <- confint(found, df = length(n) - 1)
  figure(indicator, "", wave, n = nrow(given), estimate = coef(found), se = as.numeric(SE(found)),
         low = ends[1], high = ends[2], part = part)
}

across <- function(indicator, column, part = "") {
  do.call(rbind, lapply(waves, function(wave) in_wave(indicator, column, wave, part)))
}

columns <- c("trust-mean" = "trust", "t2-mean" = "t2", "work-mean" = "w", "trust-share" = "agrees")
parts <- c("work", "learn", "renew")
record("means", do.call(rbind, c(
  Map(of_communities, names(columns)[1:3], columns[1:3], list(c(1, 5), c(1, 5), NULL)),
  Map(across, names(columns), columns),
  lapply(waves, of_types),
  Map(of_communities, "balance", parts, list(c(0, 1)), parts),
  Map(across, "balance", parts, parts)
)), "survey")
