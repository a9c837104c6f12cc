package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/internal/report"
)

// flagUse matches a flag of flaglint in a script.
var flagUse = regexp.MustCompile(`--([a-z-]+)(?:[ =]([a-z]+)=)?`)

// TestFilesForOthers: what the files for CI systems run has the flags and formats
// that they name, and the YAML files are YAML.
func TestFilesForOthers(t *testing.T) {
	t.Parallel()
	check, merge := newCheck(world{}), newMerge(world{})
	formats := map[string]bool{}
	for _, f := range report.CheckFormats() {
		formats[f.Name] = true
	}
	for _, name := range []string{
		"action.yml", ".pre-commit-hooks.yaml", "templates/flaglint.gitlab-ci.yml", ".goreleaser.yaml", ".github/workflows/release.yml", "docs/integrations.md",
	} {
		data, err := os.ReadFile(filepath.Join("..", "..", filepath.FromSlash(name)))
		require.NoError(t, err)
		if filepath.Ext(name) != ".md" {
			var v any
			require.NoError(t, yaml.Unmarshal(data, &v), name)
		}
		for line := range strings.Lines(string(data)) {
			of, command, ok := check, "", false
			for _, start := range []string{"flaglint check", `flaglint" check`, "flaglint merge"} {
				if _, command, ok = strings.Cut(line, start); ok {
					if strings.HasSuffix(start, "merge") {
						of = merge
					}
					break
				}
			}
			if !ok {
				continue
			}
			for _, m := range flagUse.FindAllStringSubmatch(command, -1) {
				require.NotNil(t, of.Flags().Lookup(m[1]), "%s: --%s", name, m[1])
				if m[1] == "output" && m[2] != "" {
					require.True(t, formats[m[2]], "%s: %s", name, m[0])
				}
			}
		}
	}
	image, err := os.ReadFile(filepath.Join("..", "..", "Dockerfile"))
	require.NoError(t, err)
	mod, err := os.ReadFile(filepath.Join("..", "..", "go.mod"))
	require.NoError(t, err)
	version := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindSubmatch(mod)
	require.Contains(t, string(image), "FROM golang:"+string(version[1])+"\n")
}
