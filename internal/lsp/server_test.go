package lsp

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sourcegraph/jsonrpc2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/removal"
)

// TestPositions converts positions in both encodings, beyond the ends of lines and
// of the text too.
func TestPositions(t *testing.T) {
	t.Parallel()
	src := newText([]byte("a😀b\r\né\rc\n"))
	for _, test := range []struct {
		offset      int
		utf8, utf16 position
	}{
		{0, position{0, 0}, position{0, 0}},
		{1, position{0, 1}, position{0, 1}},
		{5, position{0, 5}, position{0, 3}}, // 😀 has four bytes, and two units
		{6, position{0, 6}, position{0, 4}},
		{8, position{1, 0}, position{1, 0}},
		{10, position{1, 2}, position{1, 1}}, // é
		{11, position{2, 0}, position{2, 0}}, // behind a lone \r
		{13, position{3, 0}, position{3, 0}},
	} {
		assert.Equal(t, test.utf8, src.position(test.offset, utf8Encoding), "%d", test.offset)
		assert.Equal(t, test.utf16, src.position(test.offset, utf16Encoding), "%d", test.offset)
		assert.Equal(t, test.offset, src.offset(test.utf8, utf8Encoding), "%v", test.utf8)
		assert.Equal(t, test.offset, src.offset(test.utf16, utf16Encoding), "%v", test.utf16)
	}
	assert.Equal(t, 6, src.offset(position{0, 99}, utf16Encoding), "the end of the line, before what ends it")
	assert.Equal(t, 13, src.offset(position{99, 0}, utf16Encoding))
	assert.Equal(t, 0, src.offset(position{-1, 0}, utf16Encoding))
	assert.Equal(t, utf16Encoding, chooseEncoding(nil))
	assert.Equal(t, utf16Encoding, chooseEncoding([]string{"utf-32"}))
	assert.Equal(t, utf8Encoding, chooseEncoding([]string{"utf-8", "utf-16"}))
}

func TestURIs(t *testing.T) {
	t.Parallel()
	assert.Equal(t, filepath.FromSlash("/a b/c#d.go"), fileName("file:///a%20b/c%23d.go"))
	assert.Equal(t, "file:///a%20b/c%23d.go", fileURI(filepath.FromSlash("/a b/c#d.go")))
	assert.Empty(t, fileName("untitled:Untitled-1"))
	assert.Empty(t, fileName("file://"))
	assert.Empty(t, fileName("%zz"))
}

// session sends messages as bytes, and returns what the server answers and its
// exit code.
func session(t *testing.T, messages ...string) ([]map[string]any, int) {
	t.Helper()
	var in bytes.Buffer
	for _, m := range messages {
		in.WriteString("Content-Length: " + itoa(len(m)) + "\r\n\r\n" + m)
	}
	var out bytes.Buffer
	code := Serve(t.Context(), io.NopCloser(&in), nopCloser{&out}, Options{Log: io.Discard, Today: func() registry.Date { return day }})
	var answers []map[string]any
	for text := out.String(); text != ""; {
		head, rest, ok := strings.Cut(text, "\r\n\r\n")
		require.True(t, ok, text)
		var n int
		require.NoError(t, json.Unmarshal([]byte(strings.TrimPrefix(head, "Content-Length: ")), &n))
		var m map[string]any
		require.NoError(t, json.Unmarshal([]byte(rest[:n]), &m))
		answers = append(answers, m)
		text = rest[n:]
	}
	return answers, code
}

func itoa(n int) string {
	b, _ := json.Marshal(n)
	return string(b)
}

type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }

const (
	initialize = `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}`
	shutdown   = `{"jsonrpc":"2.0","id":2,"method":"shutdown"}`
	exit       = `{"jsonrpc":"2.0","method":"exit"}`
)

// TestExitCodes: 0 after shutdown and exit, 1 for an exit without shutdown, and for
// a client that goes away.
func TestExitCodes(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		messages []string
		code     int
	}{
		"shutdown and exit":         {[]string{initialize, shutdown, exit}, 0},
		"exit without shutdown":     {[]string{initialize, exit}, 1},
		"exit before initialize":    {[]string{exit}, 1},
		"the client goes away":      {[]string{initialize}, 1},
		"gone away after shutdown":  {[]string{initialize, shutdown}, 1},
		"no message":                {nil, 1},
		"a message that is no JSON": {[]string{initialize, `{"jsonrpc":`}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, code := session(t, test.messages...)
			assert.Equal(t, test.code, code)
		})
	}
}

// TestOrderOfLife: requests before initialize and after shutdown are refused with
// the codes of the protocol.
func TestOrderOfLife(t *testing.T) {
	t.Parallel()
	c := connect(t, t.TempDir(), nil)
	early := newServer(t.Context(), Options{})
	_, err := early.answer(t.Context(), &jsonrpc2.Request{Method: "textDocument/hover"})
	assert.ErrorContains(t, err, "-32002")
	assert.ErrorContains(t, c.try("initialize", map[string]any{}, nil), "-32600")
	assert.ErrorContains(t, c.try("no/such", nil, nil), "-32601")
	assert.ErrorContains(t, c.try("textDocument/hover", []int{1}, nil), "-32602")
	assert.ErrorContains(t, c.try("workspace/executeCommand", map[string]any{"command": "no"}, nil), "-32602")
	for command, argument := range map[string]map[string]any{
		commandRetire:    {"uri": c.uri("a.go")}, // of all flags it is another command
		commandRetireAll: {"uri": c.uri("a.go"), "flag": "old", "value": "true"},
	} {
		assert.ErrorContains(t, c.try("workspace/executeCommand", map[string]any{"command": command, "arguments": []any{argument}}, nil), "takes {uri")
	}
	require.NoError(t, c.try("textDocument/hover", map[string]any{"textDocument": map[string]any{"uri": "untitled:x"}}, nil))
	c.call("shutdown", nil, nil)
	assert.ErrorContains(t, c.try("textDocument/hover", nil, nil), "-32600")
	answers, _ := session(t, initialize, shutdown, exit)
	require.Len(t, answers, 2)
	for _, a := range answers {
		assert.NotContains(t, a, "error")
	}
}

// fixture unpacks a script archive for a test without a script.
func fixture(t *testing.T, name string) string {
	t.Helper()
	a, err := txtar.ParseFile(filepath.Join("testdata", name+".txtar"))
	require.NoError(t, err)
	return unpack(t, a)
}

// TestEncodings: a client that counts bytes gets bytes.
func TestEncodings(t *testing.T) {
	t.Parallel()
	dir := fixture(t, "basic")
	c := connect(t, dir, func(capabilities map[string]any) {
		capabilities["general"] = map[string]any{"positionEncodings": []string{"utf-8", "utf-16"}}
	})
	c.open("shop/cart.go")
	assert.Contains(t, c.showDiagnostics(), "shop/cart.go:7:63-7:69 error unknown-flag")
	var h *hover
	c.call("textDocument/hover", c.at("shop/cart.go", `"new-ch`), &h)
	require.NotNil(t, h)
}

// TestSymbolicLinks: a folder that the client names by a link is told by that name.
func TestSymbolicLinks(t *testing.T) {
	t.Parallel()
	dir := fixture(t, "basic")
	link := filepath.Join(t.TempDir(), "link")
	require.NoError(t, os.Symlink(dir, link))
	c := connect(t, link, nil)
	shown := c.showDiagnostics()
	assert.Contains(t, shown, "\nshop/cart.go:7:5-7:36 error expired-flag")
	c.open("shop/cart.go")
	c.change("shop/cart.go", `"typo"`, `"other"`)
	assert.Contains(t, c.showDiagnostics(), `flag "other" is in no registry`)
}

// TestBareClient: a client that can nothing but what every client can.
func TestBareClient(t *testing.T) {
	t.Parallel()
	dir := fixture(t, "actions")
	c := connect(t, dir, func(capabilities map[string]any) { clear(capabilities) })
	c.open("shop/cart.go")
	shown := c.showDiagnostics()
	assert.Contains(t, shown, "retired-flag")
	assert.NotContains(t, shown, "the registry's row", "it shows no related places")
	assert.Empty(t, c.actions("shop/cart.go", `app.Bool("old`))
	err := c.try("workspace/executeCommand", map[string]any{
		"command": commandRetire, "arguments": []any{map[string]any{"uri": c.uri("shop/cart.go"), "flag": "old", "value": "true"}},
	}, nil)
	assert.ErrorContains(t, err, "run flaglint remove old=true ./...")
	err = c.try("workspace/executeCommand", map[string]any{
		"command": commandRetireAll, "arguments": []any{map[string]any{"uri": c.uri("shop/cart.go")}},
	}, nil)
	assert.ErrorContains(t, err, "run flaglint fix ./...")
	assert.Empty(t, c.progress)
	assert.Equal(t, 0, len(c.applied))
	// It watches no files, so the server does.
	require.NoError(t, os.WriteFile(filepath.Join(dir, "flags.yaml"), []byte("version: 1\nflags: {}\n"), 0o644))
	assert.Eventually(t, func() bool {
		c.mu.Lock()
		defer c.mu.Unlock()
		for _, d := range c.diagnostics[c.uri("shop/cart.go")].Diagnostics {
			if strings.Contains(d.Message, `flag "old" is in no registry`) {
				return true
			}
		}
		return false
	}, 30*pollEvery, pollEvery/10)
}

// TestIdleModules: the modules of documents that are closed are given up, but for
// the last ones, and their findings with them.
func TestIdleModules(t *testing.T) {
	t.Parallel()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	modules := []string{"a", "b", "c", "d"}
	for _, m := range modules {
		at := filepath.Join(dir, m)
		require.NoError(t, os.Mkdir(at, 0o755))
		for name, text := range map[string]string{
			"go.mod":         "module example.com/" + m + "\n\ngo 1.26\n",
			".flaglint.yaml": "version: 1\nregistry: [flags.yaml]\nproviders:\n  - {name: app, functions: [{name: example.com/" + m + ".Bool, key: 0}]}\n",
			"flags.yaml":     "version: 1\nflags: {}\n",
			m + ".go":        "package " + m + "\n\nfunc Bool(key string) bool { return false }\n\nvar V = Bool(\"k\")\n",
		} {
			require.NoError(t, os.WriteFile(filepath.Join(at, name), []byte(text), 0o644))
		}
	}
	c := connect(t, dir, nil)
	for _, m := range modules {
		c.open(m + "/" + m + ".go")
	}
	assert.Equal(t, 4, strings.Count(c.showDiagnostics(), "unknown-flag"))
	for _, m := range modules {
		c.run("close", []string{m + "/" + m + ".go"})
	}
	shown := c.showDiagnostics()
	assert.Equal(t, maxIdle, strings.Count(shown, "unknown-flag"), shown)
	assert.Contains(t, shown, "d/d.go")
	assert.NotContains(t, shown, "a/a.go")
}

// TestUnsavedEdits: where the client has changed a file that it does not open as a
// document, nothing is worked out from what is on disk.
func TestUnsavedEdits(t *testing.T) {
	t.Parallel()
	dir := fixture(t, "actions")
	registryFile := filepath.Join(dir, "flags.yaml")
	c := connectTo(t, dir, Options{Plan: func(_ context.Context, r PlanRequest) (*removal.Plan, error) {
		before := r.Overlay[registryFile]
		if before == nil {
			var err error
			if before, err = os.ReadFile(registryFile); err != nil {
				return nil, err
			}
		}
		return &removal.Plan{
			Targets: []removal.Target{{Key: "old"}},
			Files:   []removal.FileEdit{{Name: registryFile, Before: before, After: append([]byte("# A line.\n"), before...)}},
		}, nil
	}}, nil)
	retire := func() error {
		return c.try("workspace/executeCommand", map[string]any{
			"command": commandRetireAll, "arguments": []any{map[string]any{"uri": c.uri("shop/cart.go")}},
		}, nil)
	}
	require.NoError(t, retire())
	assert.ErrorContains(t, retire(), "the editor has changed flags.yaml, has not saved it")
	// It saves what it was asked for.
	c.apply(c.applied[0])
	require.NoError(t, retire())
	assert.ErrorContains(t, retire(), "save all files and try again")
	// What it tells is known.
	c.open("flags.yaml")
	require.NoError(t, retire())
	require.NoError(t, retire())
}
