package envflags

import (
	"os"
	"testing"
)

func TestEnv(t *testing.T) {
	t.Setenv("LOGS", "1")              // want `override logs set="1" test`
	os.Setenv("FEATURE_SEARCH", "yes") // want `override search set="yes" test`
	t.Setenv("FEATURE_PLAIN", "on")    // want `override FEATURE_PLAIN set="on" test`
	t.Setenv("PATH", "/bin")
}
