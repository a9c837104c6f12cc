package analyzer

// fixedProviders are the flag systems whose flags keep their values while the
// program runs: what was set on the command line, in the environment or in a
// file at its start, and gates that are frozen once it serves.
var fixedProviders = map[string]bool{
	"env": true, "caarlosenv": true, "cleanenv": true, "envconfig": true, "sethvargoenv": true,
	"flag": true, "pflag": true, "urfave": true, "koanf": true, "viper": true,
	"kubernetes": true, "otel": true, "istio": true, "grafana": true, "gitlabrunner": true, "influxdb": true,
}

// fixed reports whether a provider's flags keep their values while the program runs.
func fixed(provider string) bool { return fixedProviders[provider] }

// fixedKey reports whether a flag is known from fixed providers only.
func (p *pass) fixedKey(key string) bool {
	for _, ref := range p.refs.References {
		if ref.Key == key && fixed(ref.Provider) {
			return true
		}
	}
	return false
}
