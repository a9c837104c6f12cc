module github.com/flaghygiene/flaglint

go 1.26.0
