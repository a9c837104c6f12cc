module github.com/flaghygiene/flaglint/tools

go 1.26.0

require (
	github.com/flaghygiene/flaglint v0.0.0
	golang.org/x/tools v0.52.0
)

require (
	github.com/bmatcuk/doublestar/v4 v4.10.4 // indirect
	github.com/goccy/go-yaml v1.19.2 // indirect
	golang.org/x/mod v0.42.0 // indirect
	golang.org/x/sync v0.24.0 // indirect
)

replace github.com/flaghygiene/flaglint => ../
