package load_test

import (
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/flaghygiene/flaglint/internal/load"
)

// TestConfigFor finds the configuration that builds a file.
func TestConfigFor(t *testing.T) {
	t.Parallel()
	linux := load.BuildConfig{GOOS: "linux", GOARCH: "amd64"}
	for _, c := range []struct {
		file, src, want string
		none            bool
	}{
		{file: "a_windows.go", src: "package p", want: "windows/amd64"},
		{file: "a_linux_arm64.go", src: "package p", want: "linux/arm64"},
		{file: "a.go", src: "//go:build !linux && !windows\n\npackage p", want: "darwin/amd64"},
		{file: "a.go", src: "//go:build integration\n\npackage p", want: "linux/amd64,integration"},
		{file: "a.go", src: "//go:build e2e && !short\n\npackage p", want: "linux/amd64,e2e"},
		{file: "a.go", src: "//go:build windows && e2e\n\npackage p", want: "windows/amd64,e2e"},
		{file: "a_js.go", src: "package p", want: "js/wasm"},
		{file: "a.go", src: "//go:build ignore\n\npackage main", none: true},
		{file: "a.go", src: "//go:build linux && windows\n\npackage main", none: true},
	} {
		got, ok := load.ConfigFor(c.file, []byte(c.src), linux)
		assert.Equal(t, !c.none, ok, "%s %s", c.file, c.src)
		assert.Equal(t, c.want, got.Name(), "%s %s", c.file, c.src)
	}
	got, ok := load.ConfigFor("a.go", []byte("//go:build e2e\n\npackage p"), load.BuildConfig{})
	assert.True(t, ok)
	assert.Equal(t, "e2e", got.Name(), "the environment's platform is not named on %s", runtime.GOOS)
}
