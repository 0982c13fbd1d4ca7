# Cronbach's alpha over everyone who answered all items, with Feldt's interval.
suppressMessages(library(psych))
source("data.R")

of_wave <- function(wave) {
  complete <- na.omit(turned[answers$wave == wave, ])
  if (nrow(complete) < 30) return(NULL)  # the engine gives none
  found <- alpha(complete, check.keys = FALSE, warnings = FALSE)$total$raw_alpha
  ends <- alpha.ci(found, n.obs = nrow(complete), n.var = 3)
  figure("trust-reliability", "", wave, n = nrow(complete), estimate = found, low = ends$lower.ci, high = ends$upper.ci)
}

record("reliability", do.call(rbind, lapply(waves, of_wave)), "psych")
