// Package envflags has flags that an environment variable turns on, too.
package envflags

import (
	"context"
	"os"

	"flagref/sdk"
)

var client *sdk.Client

type Flag struct{ Name, EnvVar string }

var Search = &Flag{Name: "search", EnvVar: "FEATURE_SEARCH"} // want `declaration search`

var Logs = &Flag{Name: "logs", EnvVar: "LOGS"} // want `declaration logs`

func check(name string) bool {
	if os.Getenv("OFFLINE") == "" {
		return client.Bool(context.TODO(), name, false)
	}
	return false
}

func (f *Flag) IsEnabled() bool {
	if f.Name != "" && check(f.Name) {
		return true
	}
	if _, ok := os.LookupEnv(f.EnvVar); ok {
		return true
	}
	return false
}

func use() bool {
	return Search.IsEnabled() || Logs.IsEnabled() // want `evaluation search default=false fallback via` `evaluation logs default=false fallback via`
}

func plain() string {
	return os.Getenv("FEATURE_PLAIN") + os.Getenv("HOME") // want `evaluation FEATURE_PLAIN exact`
}
