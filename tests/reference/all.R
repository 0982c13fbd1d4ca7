# Runs every script beside it: Rscript tests/reference/all.R, from anywhere.
setwd(dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))))
scripts <- setdiff(list.files(pattern = "[.]R$"), c("all.R", "data.R"))
for (script in scripts) local(source(script, local = TRUE))
