package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sourcegraph/jsonrpc2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/internal/corpus"
)

// lspClient is a client of `flaglint lsp` that runs in this process.
type lspClient struct {
	t    *testing.T
	conn *jsonrpc2.Conn
	code chan int

	mu    sync.Mutex
	found map[string][]lspDiagnostic // by file
	edits []json.RawMessage
	told  []string
}

type lspDiagnostic struct {
	Range struct{ Start struct{ Line, Character int } }
	Code  string
	Text  string `json:"message"`
}

// startLSP runs the command with the arguments and opens folders.
func startLSP(t *testing.T, folders []string, args ...string) *lspClient {
	t.Helper()
	toServer, fromClient := io.Pipe()
	toClient, fromServer := io.Pipe()
	c := &lspClient{t: t, code: make(chan int, 1), found: map[string][]lspDiagnostic{}}
	go func() {
		c.code <- run(t.Context(), append([]string{"lsp"}, args...), world{
			stdin: toServer, stdout: fromServer, stderr: io.Discard, now: time.Now(),
			env: parityEnv(),
		})
		fromServer.Close()
	}()
	c.conn = jsonrpc2.NewConn(context.Background(), jsonrpc2.NewBufferedStream(lspPipe{toClient, fromClient}, jsonrpc2.VSCodeObjectCodec{}),
		jsonrpc2.HandlerWithError(c.handle).SuppressErrClosed(), jsonrpc2.SetLogger(noLog{}))
	var list []map[string]string
	for _, f := range folders {
		list = append(list, map[string]string{"uri": lspURI(f), "name": filepath.Base(f)})
	}
	c.call("initialize", map[string]any{"workspaceFolders": list, "capabilities": map[string]any{
		"general": map[string]any{"positionEncodings": []string{"utf-8"}},
		"workspace": map[string]any{"applyEdit": true,
			"workspaceEdit":         map[string]any{"documentChanges": true, "resourceOperations": []string{"delete"}},
			"didChangeWatchedFiles": map[string]any{"dynamicRegistration": true}},
		"textDocument": map[string]any{"codeAction": map[string]any{"codeActionLiteralSupport": map[string]any{}}},
	}}, nil)
	c.notify("initialized", map[string]any{})
	return c
}

// stop ends the server as a client should, and returns the exit code.
func (c *lspClient) stop() int {
	c.t.Helper()
	c.call("shutdown", nil, nil)
	_ = c.conn.Notify(c.t.Context(), "exit", nil) // the connection may end first
	c.conn.Close()
	return <-c.code
}

type lspPipe struct {
	io.ReadCloser
	io.WriteCloser
}

func (p lspPipe) Read(b []byte) (int, error) { return p.ReadCloser.Read(b) }
func (p lspPipe) Close() error {
	p.ReadCloser.Close()
	return p.WriteCloser.Close()
}

type noLog struct{}

func (noLog) Printf(string, ...any) {}

func lspURI(name string) string {
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(name)}).String()
}

func (c *lspClient) handle(_ context.Context, _ *jsonrpc2.Conn, req *jsonrpc2.Request) (any, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch req.Method {
	case "textDocument/publishDiagnostics":
		var p struct {
			URI         string
			Diagnostics []lspDiagnostic
		}
		_ = json.Unmarshal(*req.Params, &p)
		u, _ := url.Parse(p.URI)
		c.found[filepath.FromSlash(u.Path)] = p.Diagnostics
	case "workspace/applyEdit":
		c.edits = append(c.edits, *req.Params)
		return map[string]bool{"applied": true}, nil
	case "window/showMessage":
		var p struct{ Message string }
		_ = json.Unmarshal(*req.Params, &p)
		c.told = append(c.told, p.Message)
	}
	return nil, nil
}

func (c *lspClient) call(method string, params, result any) {
	c.t.Helper()
	require.NoError(c.t, c.conn.Call(c.t.Context(), method, params, result), method)
}

func (c *lspClient) notify(method string, params any) {
	c.t.Helper()
	require.NoError(c.t, c.conn.Notify(c.t.Context(), method, params), method)
}

// wait returns once what was sent about a directory is taken in.
func (c *lspClient) wait(dir string) {
	c.t.Helper()
	c.call("textDocument/hover", map[string]any{
		"textDocument": map[string]any{"uri": lspURI(filepath.Join(dir, "none.go"))}, "position": map[string]int{"line": 0, "character": 0},
	}, nil)
}

// lines are the diagnostics as the drivers are compared.
func (c *lspClient) lines(dir string) []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []string
	for _, name := range slices.Sorted(maps.Keys(c.found)) {
		rel, err := filepath.Rel(dir, name)
		require.NoError(c.t, err)
		for _, d := range c.found[name] {
			out = append(out, fmt.Sprintf("%s:%d:%d %s %s", filepath.ToSlash(rel), d.Range.Start.Line+1, d.Range.Start.Character+1, strings.ReplaceAll(d.Code, "-", ""), d.Text))
		}
	}
	slices.Sort(out)
	return out
}

// lsp holds the language server against the command in some places: after loading,
// and after every file was opened; a program of a rule's also after each was changed
// and changed back.
func (p *parity) lsp(t *testing.T, places []corpus.Place) {
	var dirs, want []string
	for _, place := range places {
		dirs = append(dirs, p.at(place.Dir))
		want = append(want, p.found[place.Dir]...)
	}
	slices.Sort(want)
	c := startLSP(t, dirs, "--now", corpus.Today)
	for _, d := range dirs {
		c.wait(d)
	}
	require.Equal(t, want, c.lines(p.dir))
	for i, place := range places {
		require.NoError(t, filepath.WalkDir(dirs[i], func(name string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Ext(name) != ".go" {
				return err
			}
			src, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			c.notify("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": lspURI(name), "version": 1, "text": string(src)}})
			if !place.Rules {
				return nil
			}
			for i, text := range []string{"// A line.\n" + string(src), string(src)} {
				c.notify("textDocument/didChange", map[string]any{
					"textDocument":   map[string]any{"uri": lspURI(name), "version": i + 2},
					"contentChanges": []any{map[string]any{"text": text}},
				})
			}
			return nil
		}))
		c.wait(dirs[i])
	}
	// What imports a package is told when the user rests.
	assert.Eventually(t, func() bool { return slices.Equal(want, c.lines(p.dir)) }, time.Minute, 50*time.Millisecond)
	require.Equal(t, want, c.lines(p.dir))
	require.Equal(t, 0, c.stop())
}

// TestLSPBaseline holds the server with a baseline against the command with it.
func TestLSPBaseline(t *testing.T) {
	t.Parallel()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	require.NoError(t, os.CopyFS(dir, os.DirFS(filepath.Join("..", "..", "examples", "shop"))))
	options := []string{"--now", corpus.Today, "--baseline", "old/flaglint-baseline.json"}
	check := func(args ...string) (out []string) {
		var stdout, stderr bytes.Buffer
		code := run(t.Context(), slices.Concat([]string{"check", "-C", dir, "--format", "json"}, options, args), world{
			stdout: &stdout, stderr: &stderr, now: time.Now(), env: parityEnv(),
		})
		require.Less(t, code, exitError, &stderr)
		if stdout.Len() == 0 {
			return nil // it wrote the baseline
		}
		var got struct {
			Findings []struct {
				Rule, Message, File string
				Line, Column        int
			}
		}
		require.NoError(t, json.Unmarshal(stdout.Bytes(), &got))
		for _, f := range got.Findings {
			out = append(out, fmt.Sprintf("%s:%d:%d %s %s", f.File, f.Line, f.Column, strings.ReplaceAll(f.Rule, "-", ""), f.Message))
		}
		slices.Sort(out)
		return out
	}
	require.NoError(t, os.Mkdir(filepath.Join(dir, "old"), 0o755))
	require.Nil(t, check("--write-baseline"))
	checkout := filepath.Join(dir, "internal", "checkout", "checkout.go")

	c := startLSP(t, []string{dir}, options...)
	c.wait(dir)
	require.Empty(t, c.lines(dir))

	replaceIn(t, checkout, `"gift-wraping"`, `"gift-wrapping"`)
	src, err := os.ReadFile(checkout)
	require.NoError(t, err)
	c.notify("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": lspURI(checkout), "version": 1, "text": string(src)}})
	c.wait(dir)
	want := check()
	require.Len(t, want, 1)
	require.Contains(t, want[0], `flag "gift-wrapping" is in no registry`)
	require.Equal(t, want, c.lines(dir))
	require.Equal(t, 0, c.stop())
}
