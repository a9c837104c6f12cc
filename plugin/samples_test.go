package plugin

import (
	"os"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/require"
)

// TestSamples: the sample configurations say what the plugin takes.
func TestSamples(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(".golangci.yml")
	require.NoError(t, err)
	var lint struct {
		Linters struct {
			Enable   []string
			Settings struct {
				Custom map[string]struct {
					Type     string
					Settings map[string]any
				}
			}
		}
	}
	require.NoError(t, yaml.Unmarshal(data, &lint))
	sample := lint.Linters.Settings.Custom["flaglint"]
	require.Equal(t, "module", sample.Type)
	require.Contains(t, lint.Linters.Enable, "flaglint")
	dir := t.TempDir()
	write(t, dir, ".flaglint.yaml", "version: 1\n")
	write(t, dir, "flags.yaml", "version: 1\nflags: {}\n")
	_, err = New(sample.Settings, dir, now)
	require.NoError(t, err)

	data, err = os.ReadFile(".custom-gcl.yml")
	require.NoError(t, err)
	var custom struct {
		Version string
		Plugins []struct{ Module, Import, Version string }
	}
	require.NoError(t, yaml.Unmarshal(data, &custom))
	require.Equal(t, "github.com/flaghygiene/flaglint/plugin", custom.Plugins[0].Import)
	mod, err := os.ReadFile("testdata/gcl/go.mod")
	require.NoError(t, err)
	require.Contains(t, string(mod), "github.com/golangci/golangci-lint/v2 "+custom.Version+"\n", "the tests run the version that the sample names")
}
