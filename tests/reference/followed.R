# Who can be followed: how many, and whether the others answered differently before (lm with communities).
source("data.R")

active <- c("acme", "bolt", "college")  # all take part all the time

before <- function(community, wave) {
  live <- waves[waves %in% unique(answers$wave[answers$community == community])]
  place <- match(wave, live)
  if (is.na(place) || place == 1) NA else live[place - 1]
}

followed <- function(community, wave) {
  versus <- before(community, wave)
  if (is.na(versus)) return(NULL)
  then <- cell(community, versus)
  both <- sum(!is.na(then$person) & then$person %in% na.omit(cell(community, wave)$person))
  figure("response", community, wave, measure = "followed", versus = versus, n = both, estimate = both / nrow(then))
}

# Of everyone with the earlier score: gone, unless the score was given again.
earlier <- function(wave, column) do.call(rbind, lapply(communities, function(community) {
  versus <- before(community, wave)
  if (is.na(versus)) return(NULL)
  then <- cell(community, versus)
  then <- then[!is.na(then[[column]]), ]
  now <- cell(community, wave)
  again <- na.omit(now$person[!is.na(now[[column]])])
  gone <- as.numeric(!(then$person %in% again))
  if (length(unique(gone)) < 2) return(NULL)
  data.frame(community, versus, value = then[[column]], gone)
}))

attrition <- function(indicator, column, wave) {
  given <- earlier(wave, column)
  several <- length(unique(given$community)) > 1
  fit <- if (several) lm(value ~ community + gone, given) else lm(value ~ gone, given)
  told <- summary(fit)$coefficients["gone", ]
  ends <- confint(fit)["gone", ]
  versus <- waves[max(match(given$versus, waves))]
  figure(indicator, "", wave, measure = "attrition", versus = versus,
         n = min(sum(given$gone), sum(1 - given$gone)), estimate = told[["Estimate"]], se = told[["Std. Error"]],
         low = ends[[1]], high = ends[[2]])
}

record("followed", rbind(
  each_cell(followed),
  do.call(rbind, lapply(waves[-1], function(wave) rbind(
    attrition("trust-mean", "trust", wave), attrition("t2-mean", "t2", wave)
  )))
))
