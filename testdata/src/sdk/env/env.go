// Package env uses every row of the provider env.
package env

import (
	"os"
	"strconv"
	"syscall"
)

// ToggleCheckout names a flag by its prefix.
const ToggleCheckout = "TOGGLE_CHECKOUT" // want `declaration TOGGLE_CHECKOUT`

func flags() bool {
	if os.Getenv(ToggleCheckout) == "true" { // want `evaluation TOGGLE_CHECKOUT`
		return true
	}
	if v, ok := os.LookupEnv("FEATURE_SEARCH"); ok && v != "" { // want `evaluation FEATURE_SEARCH`
		return true
	}
	if v, found := syscall.Getenv("FF_SYSCALL"); found { // want `evaluation FF_SYSCALL`
		return v == "1"
	}
	on, err := strconv.ParseBool(os.Getenv("FF_PARSED")) // want `evaluation FF_PARSED`
	return err == nil && on
}

// settings are no flags: nothing registers them, and they have no prefix.
func settings() []string {
	return []string{os.Getenv("HOME"), os.Getenv("PORT"), os.Getenv("ENABLE_TLS"), os.Getenv("FF_"), os.Getenv("FEATURE_GATES")}
}
