package env

import (
	"os"
	"syscall"
	"testing"
)

func TestFlags(t *testing.T) {
	t.Setenv(ToggleCheckout, "true") // want `override TOGGLE_CHECKOUT set="true"`
	t.Setenv("HOME", "/tmp")
	helper(t)
	if err := os.Setenv("FF_SETENV", "1"); err != nil { // want `override FF_SETENV set="1"`
		t.Fatal(err)
	}
	_ = os.Unsetenv("FF_SETENV")          // want `override FF_SETENV set=""`
	_ = syscall.Setenv("FF_SYSCALL", "1") // want `override FF_SYSCALL set="1"`
	_ = syscall.Unsetenv("FF_SYSCALL")    // want `override FF_SYSCALL set=""`
	_ = flags()
}

func helper(tb testing.TB) {
	tb.Setenv("FF_INTERFACE", "0") // want `override FF_INTERFACE set="0"`
}

func BenchmarkFlags(b *testing.B) {
	b.Setenv("FF_BENCH", "on") // want `override FF_BENCH set="on"`
	for range b.N {
		flags()
	}
}
