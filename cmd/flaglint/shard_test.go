package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestShardsOfShop divides the example among checkouts in several directories: what merge
// says of it in one of them is, byte for byte, what check says there.
func TestShardsOfShop(t *testing.T) {
	t.Parallel()
	var places []string
	for range 2 {
		dir := t.TempDir()
		require.NoError(t, os.CopyFS(dir, os.DirFS(filepath.Join("..", "..", "examples", "shop"))))
		places = append(places, dir)
	}
	flaglint := func(place string, args ...string) (code int, stdout, stderr string) {
		var out, errs bytes.Buffer
		code = run(t.Context(), append([]string{args[0], "-C", place, "--now", "2026-11-20", "--no-cache"}, args[1:]...), world{
			stdout: &out, stderr: &errs, env: append(os.Environ(), "GOFLAGS=", "GOWORK=off"), now: time.Unix(0, 0),
		})
		return code, out.String(), errs.String()
	}
	want := map[string]string{}
	for _, format := range []string{"text", "json", "sarif"} {
		code, out, errs := flaglint(places[0], "check", "--format", format)
		require.Equal(t, exitFindings, code, errs)
		require.Contains(t, out, "gift-wraping")
		want[format] = out
	}
	for _, n := range []int{1, 2, 3, 7} {
		var files []string
		for i := range n {
			file := filepath.Join(t.TempDir(), fmt.Sprintf("%d%s", i+1, shardSuffix))
			code, out, errs := flaglint(places[i%2], "check", "--shard", fmt.Sprintf("%d/%d", i+1, n), "--output", file)
			require.Equal(t, exitClean, code, "a part has no findings: %s", errs)
			require.Empty(t, out+errs)
			files = append(files, file)
		}
		for format, want := range want {
			code, out, errs := flaglint(places[0], append([]string{"merge", "--format", format}, files...)...)
			require.Equal(t, exitFindings, code)
			require.Equal(t, want, out)
			// The package of the keys, which are known to be keys where all parts are there.
			require.Regexp(t, `^flaglint: packages found before: [78] of 8, now: [01]\n$`, errs)
		}
	}
}
