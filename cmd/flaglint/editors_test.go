package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// editorDir copies the example service, and returns it with a PATH that has this
// program as flaglint.
func editorDir(t *testing.T) (dir, path string) {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	require.NoError(t, os.CopyFS(dir, os.DirFS(filepath.Join("..", "..", "examples", "shop"))))
	tool, err := os.Executable()
	require.NoError(t, err)
	bin := t.TempDir()
	// testscript runs the command under this name.
	require.NoError(t, os.Symlink(tool, filepath.Join(bin, "flaglint")))
	return dir, bin + string(filepath.ListSeparator) + os.Getenv("PATH")
}

// luaBlocks are the Lua blocks of the page for Neovim.
func luaBlocks(t *testing.T) []string {
	t.Helper()
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "editors", "neovim.md"))
	require.NoError(t, err)
	var out []string
	for _, m := range regexp.MustCompile("(?s)```lua\n(.*?)```").FindAllSubmatch(page, -1) {
		out = append(out, string(m[1]))
	}
	return out
}

// TestNeovim runs the real Neovim, set up as docs/editors/neovim.md says, on the
// example service.
func TestNeovim(t *testing.T) {
	t.Parallel()
	nvim, err := exec.LookPath("nvim")
	if err != nil {
		t.Skip("Neovim is not installed (apt-get install neovim)")
	}
	version, err := exec.Command(nvim, "--version").Output()
	require.NoError(t, err)
	m := regexp.MustCompile(`NVIM v0\.(\d+)`).FindSubmatch(version)
	require.NotNil(t, m, "%s", version)
	minor, err := strconv.Atoi(string(m[1]))
	require.NoError(t, err)
	blocks := luaBlocks(t)
	require.Len(t, blocks, 3)
	config := blocks[0]
	if minor < 11 {
		config = blocks[1]
	}
	dir, path := editorDir(t)
	home := t.TempDir()
	init := filepath.Join(home, "init.lua")
	today := `{ "flaglint", "lsp", "--now", "2026-11-20" }`
	require.Contains(t, config, `{ "flaglint", "lsp" }`)
	require.NoError(t, os.WriteFile(init, []byte(strings.Replace(config, `{ "flaglint", "lsp" }`, today, 1)), 0o644))
	script, err := filepath.Abs(filepath.Join("testdata", "editors", "nvim.lua"))
	require.NoError(t, err)
	out := filepath.Join(home, "out")
	cmd := exec.Command(nvim, "--headless", "-n", "-i", "NONE", "-u", init, "-c", "luafile "+script)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PATH="+path, "OUT="+out, "HOME="+home, "XDG_STATE_HOME="+home, "XDG_CACHE_HOME="+home,
		"XDG_CONFIG_HOME="+home, "XDG_DATA_HOME="+home, "GOCACHE="+goCacheDir(t), "GOMODCACHE="+goEnv(t, "GOMODCACHE"), "GOPATH="+goEnv(t, "GOPATH"))
	shown, err := cmd.CombinedOutput()
	written, _ := os.ReadFile(out)
	require.NoError(t, err, "%s\n%s", shown, written)

	got := steps(t, written)
	assert.Equal(t, map[string]any{
		"open": []any{
			`33:5 expired-flag flag "one-page-checkout" expired on 2026-09-30, 51 days ago (owner team-checkout)`,
			`35:6 nested-flag flag "gift-wrap" is evaluated only where flag "one-page-checkout" is on (line 33)`,
			`41:26 unknown-flag flag "gift-wraping" is in no registry: did you mean "gift-wrap"?`,
			`48:5 stale-flag flag "free-shipping" has been rolled out to everyone for 95 days (owner team-checkout): retire it`,
		},
	}, map[string]any{"open": got["open"]})
	assert.NotContains(t, got["change"], "gift-wraping")
	assert.Contains(t, got["hover"], "No shipping fee above the threshold")
	assert.Contains(t, got["hover"], "owner: team-checkout")
	assert.Equal(t, []any{"flags.yaml", 11.0}, got["definition"])
	assert.Equal(t, []any{"free-shipping", "gift-wrap", "new-search", "one-page-checkout", "payments-enabled", "ranking"}, got["completion"])
	assert.Equal(t, 5.0, got["references"]) // the row, the constant, one evaluation, two tests
	assert.Contains(t, got["registry"].([]any)[0], `expires: "2026-19-30" is no date (want YYYY-MM-DD)`)
	assert.Contains(t, got["actions"], "Retire free-shipping everywhere: it is always true")
	assert.Equal(t, []any{true, 4.0, 0.0}, got["retire"])
	assert.Equal(t, 0.0, got["left"])
	assert.Equal(t, []any{true, 4.0, 0.0}, got["retire all"])
	assert.Equal(t, 0.0, got["left of all"])
	assert.Equal(t, []any{"catalog.go", "catalog_test.go", "checkout.go", "checkout_test.go", "flags.go", "flags.yaml"}, got["changed"])

	test := exec.Command("go", "vet", "./...")
	test.Dir = dir
	text, err := test.CombinedOutput()
	require.NoError(t, err, "what Neovim wrote: %s", text)
}

// TestEmacs runs the real Emacs with Eglot, set up as docs/editors/emacs.md says, on the
// example service.
func TestEmacs(t *testing.T) {
	t.Parallel()
	emacs, err := exec.LookPath("emacs")
	if err != nil {
		t.Skip("Emacs is not installed (apt-get install emacs-nox elpa-eglot elpa-go-mode elpa-yaml-mode)")
	}
	const has = `(progn (package-initialize) (dolist (f '(eglot go-mode yaml-mode)) (require f)))`
	if text, err := exec.Command(emacs, "--batch", "--eval", has).CombinedOutput(); err != nil {
		t.Skipf("Emacs lacks Eglot, go-mode or yaml-mode (apt-get install elpa-eglot elpa-go-mode elpa-yaml-mode): %s", text)
	}
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "editors", "emacs.md"))
	require.NoError(t, err)
	m := regexp.MustCompile("(?s)```elisp\n(.*?)```").FindSubmatch(page)
	require.NotNil(t, m)
	config := strings.ReplaceAll(string(m[1]), `("flaglint" "lsp")`, `("flaglint" "lsp" "--now" "2026-11-20")`)
	require.Equal(t, 1, strings.Count(config, "--now"))
	dir, path := editorDir(t)
	git := exec.Command("git", "init", "-q") // a project is what is under version control
	git.Dir = dir
	require.NoError(t, git.Run())
	home := t.TempDir()
	init, out := filepath.Join(home, "init.el"), filepath.Join(home, "out")
	require.NoError(t, os.WriteFile(init, []byte(config), 0o644))
	script, err := filepath.Abs(filepath.Join("testdata", "editors", "emacs.el"))
	require.NoError(t, err)
	cmd := exec.Command(emacs, "--batch", "-l", script)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PATH="+path, "OUT="+out, "INIT="+init, "HOME="+home,
		"GOCACHE="+goCacheDir(t), "GOMODCACHE="+goEnv(t, "GOMODCACHE"), "GOPATH="+goEnv(t, "GOPATH"))
	shown, err := cmd.CombinedOutput()
	written, _ := os.ReadFile(out)
	require.NoError(t, err, "%s\n%s", shown, written)

	got := steps(t, written)
	for i, part := range []string{"expired-flag", "nested-flag", "gift-wraping", "stale-flag"} {
		require.Len(t, got["open"], 4)
		assert.Contains(t, got["open"].([]any)[i], part)
	}
	assert.NotContains(t, got["change"], "gift-wraping")
	assert.Contains(t, got["hover"], "No shipping fee above the threshold")
	assert.Equal(t, []any{"flags.yaml", 11.0}, got["definition"])
	assert.Equal(t, []any{"catalog.go", "catalog_test.go", "checkout.go", "checkout_test.go", "flags.go", "flags.yaml"}, got["changed"])
	require.Len(t, got["registry"], 1)
	assert.Contains(t, got["registry"].([]any)[0], `expires: "2026-19-30" is no date (want YYYY-MM-DD)`)

	test := exec.Command("go", "vet", "./...")
	test.Dir = dir
	text, err := test.CombinedOutput()
	require.NoError(t, err, "what Emacs wrote: %s", text)
}

// steps reads what an editor's script told.
func steps(t *testing.T, data []byte) map[string]any {
	t.Helper()
	out := map[string]any{}
	for line := range bytes.Lines(data) {
		var s struct {
			Step  string
			Value any
		}
		require.NoError(t, json.Unmarshal(line, &s), string(line))
		out[s.Step] = s.Value
	}
	require.Nil(t, out["failed"])
	return out
}

func goEnv(t *testing.T, name string) string {
	t.Helper()
	out, err := exec.Command("go", "env", name).Output()
	require.NoError(t, err)
	return strings.TrimSpace(string(out))
}

func goCacheDir(t *testing.T) string { return goEnv(t, "GOCACHE") }

// vscode is the directory of the extension, with what npm installs there. It skips
// the test where that is missing.
func vscode(t *testing.T) string {
	t.Helper()
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("Node is not installed (apt-get install nodejs npm)")
	}
	dir, err := filepath.Abs(filepath.Join("..", "..", "editors", "vscode"))
	require.NoError(t, err)
	if _, err := os.Stat(filepath.Join(dir, "node_modules", "vscode-languageclient")); err != nil {
		t.Skip("the packages of the extension are not installed (npm ci in editors/vscode)")
	}
	return dir
}

// TestNodeClient runs a client on the libraries of VS Code's own.
func TestNodeClient(t *testing.T) {
	t.Parallel()
	extension := vscode(t)
	dir, path := editorDir(t)
	server := filepath.Join(strings.SplitN(path, string(filepath.ListSeparator), 2)[0], "flaglint")
	cmd := exec.Command("node", filepath.Join(extension, "test", "client.mjs"), server, dir, "--now=2026-11-20")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	require.NoError(t, err, "%s\n%s", out, stderr.String())
	got := steps(t, out)
	assert.Equal(t, "utf-16", got["initialize"])
	assert.Len(t, got["open"], 4)
	assert.Equal(t, `"gift-wrap-2"`, got["change"])
	assert.Equal(t, []any{"free-shipping", "gift-wrap", "new-search", "one-page-checkout", "payments-enabled", "ranking"}, got["completion"])
	assert.Equal(t, "**free-shipping** — rolled-out bool flag", got["hover"])
	assert.Equal(t, []any{"Retire free-shipping everywhere: it is always true", "Retire all retired flags everywhere: new-search"}, got["actions"])
	assert.Equal(t, map[string]any{
		"kind": "quickfix", "applied": true, "files": []any{"checkout.go", "checkout_test.go", "flags.go", "flags.yaml"},
	}, got["retire"])
	assert.Equal(t, map[string]any{
		"kind": "source.retireAll.flaglint", "applied": true, "files": []any{"catalog.go", "catalog_test.go", "flags.go", "flags.yaml"},
	}, got["retire all"])
	assert.Equal(t, -32800.0, got["cancel"])
	assert.Equal(t, []any{"workspace/didChangeWatchedFiles"}, got["watchers"])
	assert.Equal(t, true, got["progress"])
	assert.Equal(t, 0.0, got["exit"])
}

// TestVSCodePacks packs the extension for VS Code.
func TestVSCodePacks(t *testing.T) {
	t.Parallel()
	extension := vscode(t)
	vsce := filepath.Join(extension, "node_modules", "@vscode", "vsce", "vsce")
	if _, err := os.Stat(vsce); err != nil {
		t.Skip("vsce is not installed (npm ci in editors/vscode)")
	}
	out, err := exec.Command("node", "--check", filepath.Join(extension, "extension.js")).CombinedOutput()
	require.NoError(t, err, "%s", out)
	out, err = exec.Command("node", "-e", "require.resolve('vscode-languageclient/node', {paths: [process.argv[1]]})", extension).CombinedOutput()
	require.NoError(t, err, "%s", out)
	packed := filepath.Join(t.TempDir(), "flaglint.vsix")
	cmd := exec.Command("node", vsce, "package", "--out", packed)
	cmd.Dir = extension
	out, err = cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	r, err := zip.OpenReader(packed)
	require.NoError(t, err)
	defer r.Close()
	var names []string
	for _, f := range r.File {
		names = append(names, f.Name)
	}
	for _, name := range []string{"extension.js", "package.json", "node_modules/vscode-languageclient/lib/node/main.js"} {
		assert.True(t, slices.Contains(names, "extension/"+name), "%s is not packed", name)
	}
	for _, name := range names {
		assert.False(t, strings.HasPrefix(name, "extension/test/"), name)
	}
}

// TestEditorPages holds the pages for editors against the command, and their
// settings against the grammar of each.
func TestEditorPages(t *testing.T) {
	t.Parallel()
	dir := filepath.Join("..", "..", "docs", "editors")
	pages, err := filepath.Glob(filepath.Join(dir, "*.md"))
	require.NoError(t, err)
	lsp := newLSP(world{})
	readme, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	require.NoError(t, err)
	blocks := regexp.MustCompile("(?s)```([a-z]*)\n(.*?)```")
	for _, page := range pages {
		data, err := os.ReadFile(page)
		require.NoError(t, err)
		name := filepath.Base(page)
		if name != "README.md" {
			assert.Contains(t, string(readme), "(docs/editors/"+name+")")
			assert.Regexp(t, `flaglint"?,? .*lsp|\["lsp"\]|flaglint lsp`, string(data), name)
		}
		for _, m := range regexp.MustCompile("`--([a-z-]+)|\"--([a-z-]+)").FindAllStringSubmatch(string(data), -1) {
			assert.NotNil(t, lsp.Flags().Lookup(m[1]+m[2]), "%s: --%s%s", name, m[1], m[2])
		}
		for _, m := range blocks.FindAllStringSubmatch(string(data), -1) {
			switch m[1] {
			case "toml":
				var v struct {
					Server map[string]struct {
						Command string
						Args    []string
					} `toml:"language-server"`
				}
				require.NoError(t, toml.Unmarshal([]byte(m[2]), &v), name)
				assert.Equal(t, "flaglint", v.Server["flaglint"].Command)
				assert.Equal(t, []string{lsp.Name()}, v.Server["flaglint"].Args)
			case "json":
				var v any
				require.NoError(t, json.Unmarshal([]byte("{"+m[2]+"}"), &v), name)
			case "elisp":
				assert.Equal(t, strings.Count(m[2], "("), strings.Count(m[2], ")"), name)
				assert.Contains(t, m[2], `"flaglint" "lsp"`)
			}
		}
	}
}
