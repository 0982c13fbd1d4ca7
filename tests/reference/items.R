# Each item beside the others of its score: the correlation with their sum, and alpha without it.
suppressMessages(library(psych))
source("data.R")

of_wave <- function(wave) {
  complete <- na.omit(turned[answers$wave == wave, ])
  if (nrow(complete) < 30) return(NULL)  # the engine gives none
  found <- alpha(complete, check.keys = FALSE, warnings = FALSE)
  one <- function(item, what, value) {
    figure("trust-reliability", "", wave, part = paste0(item, ":", what), n = nrow(complete), estimate = value)
  }
  do.call(rbind, c(
    Map(one, names(turned), "rest", found$item.stats$r.drop),
    Map(one, names(turned), "without", found$alpha.drop$raw_alpha)
  ))
}

record("items", do.call(rbind, lapply(waves, of_wave)), "psych")

# What the distribution of an item tells of it: its mean and spread, of everyone who answered it.
of_cell <- function(community, wave) {
  mine <- answers[answers$community == community & answers$wave == wave, c("t1", "t2", "t3")]
  if (nrow(mine) < 10) return(NULL)
  found <- suppressWarnings(alpha(mine, check.keys = FALSE, warnings = FALSE))$item.stats
  data.frame(community, wave, item = rownames(found), n = found$n,
             mean = sprintf("%.12g", found$mean), sd = sprintf("%.12g", found$sd))
}

file <- "recorded/formulas/items.csv"
writeLines(paste0("# ", R.version.string, ", psych ", packageVersion("psych")), file)
suppressWarnings(write.table(each_cell(of_cell), file, append = TRUE, sep = ",", quote = FALSE, row.names = FALSE))
