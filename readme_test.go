package flaglint_test

import (
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// block is a console session in a document: "$ command" and what it prints.
var block = regexp.MustCompile("(?s)```console\n\\$ ([^\n]+)\n(.*?)```")

var update = flag.Bool("update", false, "write what the commands print into README.md")

// TestReadme runs the commands of the README's console blocks, and compares what
// they print with what the README says.
func TestReadme(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	bin := filepath.Join(t.TempDir(), "flaglint")
	out, err := exec.Command("go", "build", "-o", bin, "./cmd/flaglint").CombinedOutput()
	require.NoError(t, err, string(out))
	text := string(readme)
	ran := 0
	for _, m := range block.FindAllStringSubmatch(string(readme), -1) {
		command, want := m[1], m[2]
		rest, ok := strings.CutPrefix(command, "go run ./cmd/flaglint ")
		if !ok {
			rest, ok = strings.CutPrefix(command, "flaglint ")
		}
		if !ok {
			continue
		}
		ran++
		got, err := exec.Command(bin, strings.Fields(rest)...).Output()
		if exit, ok := errors.AsType[*exec.ExitError](err); ok {
			require.Less(t, exit.ExitCode(), 2, "%s: %s", command, exit.Stderr)
		} else {
			require.NoError(t, err)
		}
		if *update {
			text = strings.Replace(text, m[0], "```console\n$ "+command+"\n"+string(got)+"```", 1)
			continue
		}
		assert.Equal(t, want, string(got), "%s (go test . -run TestReadme -update writes it)", command)
	}
	if *update {
		require.NoError(t, os.WriteFile("README.md", []byte(text), 0o644))
	}
	assert.GreaterOrEqual(t, ran, 2, "the README shows the check and a removal")
}
