// Flaglint finds every feature flag in Go code, lints it against the flag
// registry, and removes flags that are retired.
package main

import (
	"context"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"
)

func main() {
	if isVetTool(os.Args[1:]) {
		vetTool(os.Args)
		return
	}
	if os.Getenv("GOGC") == "" {
		collect()
	}
	ctx, stop := interruptible()
	code := run(ctx, os.Args[1:], world{
		stdin:  os.Stdin,
		stdout: os.Stdout,
		stderr: os.Stderr,
		env:    os.Environ(),
		now:    time.Now(),
		colors: isTerminal(os.Stdout),
		live:   isTerminal(os.Stderr),

		cacheDir: cacheDir(),
	})
	stop()
	os.Exit(code)
}

// interruptible returns a context that ends when the user interrupts the program.
func interruptible() (context.Context, context.CancelFunc) {
	return signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
}

// cacheDir is the program's directory in that of the user's caches, empty where the
// system names none.
func cacheDir() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "flaglint")
}

// isTerminal reports whether a file is a terminal, as far as its mode tells.
func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
