// Package envset sets flags of a package that it does not import by their variables.
package envset

import "os"

func prepare() {
	os.Setenv("FEATURE_SEARCH", "1") // want `override search set="1"`
	os.Setenv("LOGS", "1")           // want `override logs set="1"`
	os.Setenv("HOME", "/")
	os.Setenv("FEATURE_OTHER", "1") // want `override FEATURE_OTHER set="1"`
}
