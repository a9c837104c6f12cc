module sdk/growthbook

go 1.26.0

require github.com/growthbook/growthbook-golang v0.7.0

require github.com/tmaxmax/go-sse v0.10.0 // indirect
