module sdk/otel

go 1.26.0

require go.opentelemetry.io/collector/featuregate v1.70.0

require (
	github.com/hashicorp/go-version v1.9.0 // indirect
	go.uber.org/multierr v1.11.0 // indirect
)
