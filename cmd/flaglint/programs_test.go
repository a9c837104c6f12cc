package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The files for CI systems and the outputs that other programs read, held against these
// programs where they are installed; .ci/drivers installs them.

// program finds a program, and skips the test where it is missing.
func program(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("%s is not installed (.ci/drivers installs it)", name)
	}
	return path
}

// TestReviewdog hands reviewdog what is found, as rdjson and as SARIF: it reads as many
// findings, and as many suggestions.
func TestReviewdog(t *testing.T) {
	t.Parallel()
	reviewdog := program(t, "reviewdog")
	dir, _ := editorDir(t)
	type read struct {
		Diagnostics []struct {
			Location struct {
				Path  string
				Range struct{ Start struct{ Line int } }
			}
			Suggestions []any
		}
	}
	var want read
	for _, format := range []string{"rdjson", "sarif"} {
		var out, errs bytes.Buffer
		code := run(t.Context(), []string{"check", "-C", dir, "--format", format, "--now", "2026-11-20"}, world{stdout: &out, stderr: &errs, env: os.Environ()})
		require.Equal(t, exitFindings, code, errs.String())
		if format == "rdjson" {
			require.NoError(t, json.Unmarshal(out.Bytes(), &want))
			require.Len(t, want.Diagnostics, 8)
		}
		cmd := exec.Command(reviewdog, "-f="+format, "-reporter=rdjson", "-filter-mode=nofilter", "-fail-level=none")
		cmd.Dir, cmd.Stdin = dir, &out
		text, err := cmd.Output()
		require.NoError(t, err)
		var got read
		require.NoError(t, json.Unmarshal(text, &got))
		require.Len(t, got.Diagnostics, len(want.Diagnostics), format)
		for i, d := range got.Diagnostics {
			assert.Equal(t, want.Diagnostics[i].Location, d.Location, format)
			assert.Len(t, d.Suggestions, len(want.Diagnostics[i].Suggestions), format)
		}
	}
}

// TestActionlint holds the workflows against actionlint, and action.yml as a workflow
// with the same inputs and steps, since actionlint reads no actions.
func TestActionlint(t *testing.T) {
	t.Parallel()
	actionlint := program(t, "actionlint")
	dir := t.TempDir()
	workflows := filepath.Join(dir, ".github", "workflows")
	require.NoError(t, os.CopyFS(workflows, os.DirFS(filepath.Join("..", "..", ".github", "workflows"))))
	data, err := os.ReadFile(filepath.Join("..", "..", "action.yml"))
	require.NoError(t, err)
	var action struct {
		Inputs  map[string]map[string]any
		Outputs map[string]map[string]any
		Runs    struct{ Steps []map[string]any }
	}
	require.NoError(t, yaml.Unmarshal(data, &action))
	for _, input := range action.Inputs {
		input["type"] = "string" // as all inputs of an action are
	}
	outputs := map[string]any{}
	for name, output := range action.Outputs {
		outputs[name] = output["value"]
	}
	job := map[string]any{"runs-on": "ubuntu-latest", "steps": action.Runs.Steps, "outputs": outputs}
	data, err = yaml.Marshal(map[string]any{
		"name": "action", "on": map[string]any{"workflow_call": map[string]any{"inputs": action.Inputs}}, "jobs": map[string]any{"action": job},
	})
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(workflows, "action.yml"), data, 0o644))
	require.NoError(t, os.Mkdir(filepath.Join(dir, ".git"), 0o755)) // it looks for the repository
	cmd := exec.Command(actionlint)
	cmd.Dir = dir
	text, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s\n%s", text, data)
}

// TestGoreleaser holds .goreleaser.yaml against goreleaser, which reads where to release
// from the repository's remote.
func TestGoreleaser(t *testing.T) {
	t.Parallel()
	goreleaser := program(t, "goreleaser")
	dir := t.TempDir()
	data, err := os.ReadFile(filepath.Join("..", "..", ".goreleaser.yaml"))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, ".goreleaser.yaml"), data, 0o644))
	for _, args := range [][]string{
		{"git", "init", "-q"}, {"git", "remote", "add", "origin", "https://github.com/flaghygiene/flaglint.git"}, {goreleaser, "check"},
	} {
		cmd := exec.Command(args[0], args[1:]...)
		cmd.Dir = dir
		text, err := cmd.CombinedOutput()
		require.NoError(t, err, "%v: %s", args, text)
	}
}

// TestHadolint holds the Dockerfile against hadolint.
func TestHadolint(t *testing.T) {
	t.Parallel()
	text, err := exec.Command(program(t, "hadolint"), filepath.Join("..", "..", "Dockerfile")).CombinedOutput()
	require.NoError(t, err, "%s", text)
}

// TestPreCommit runs the hooks as a repository does that names them: flaglint tells what
// is found, flaglint-new only what is not committed yet.
func TestPreCommit(t *testing.T) {
	t.Parallel()
	if os.Getenv(everything) == "" {
		t.Skip("pre-commit builds the hooks, which takes minutes (run .ci/drivers)")
	}
	precommit := program(t, "pre-commit")
	hooks, err := filepath.Abs(filepath.Join("..", ".."))
	require.NoError(t, err)
	revision, err := exec.Command("git", "-C", hooks, "rev-parse", "HEAD").Output()
	require.NoError(t, err)
	dir, _ := editorDir(t)
	conf := "repos:\n  - repo: " + hooks + "\n    rev: " + string(bytes.TrimSpace(revision)) + "\n    hooks: [{id: flaglint}, {id: flaglint-new}]\n"
	require.NoError(t, os.WriteFile(filepath.Join(dir, ".pre-commit-config.yaml"), []byte(conf), 0o644))
	home := t.TempDir()
	do := func(name string, args ...string) string {
		cmd := exec.Command(name, args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "PRE_COMMIT_HOME="+home, "GIT_AUTHOR_NAME=Ann", "GIT_AUTHOR_EMAIL=ann@example.com",
			"GIT_COMMITTER_NAME=Ann", "GIT_COMMITTER_EMAIL=ann@example.com", "GOFLAGS=-modcacherw")
		text, err := cmd.CombinedOutput()
		if _, ok := err.(*exec.ExitError); err != nil && (!ok || name == "git") {
			require.NoError(t, err, "%s", text)
		}
		return string(text)
	}
	do("git", "init", "-q")
	do("git", "add", ".")
	do("git", "commit", "-qm", "one")
	shown := do(precommit, "run", "flaglint", "--all-files")
	assert.Contains(t, shown, "hook id: flaglint\n- exit code: 1")
	assert.Contains(t, shown, `flag "gift-wraping" is in no registry`)
	assert.Regexp(t, `commit yet\.+Passed|committed yet\.+Passed`, do(precommit, "run", "flaglint-new", "--all-files"))
	replaceIn(t, filepath.Join(dir, "internal", "checkout", "checkout.go"), `"gift-wraping"`, `"gift-wrapping"`)
	do("git", "add", ".")
	shown = do(precommit, "run", "flaglint-new")
	assert.Contains(t, shown, `flag "gift-wrapping" is in no registry`)
	assert.Contains(t, shown, "1 finding")
}
