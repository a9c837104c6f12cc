package lsp

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sourcegraph/jsonrpc2"
	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/registry"
)

// client is a client in this process, connected as an editor is.
type client struct {
	t      testing.TB
	server *server
	conn   *jsonrpc2.Conn
	dir    string
	code   chan int

	mu          sync.Mutex
	versions    map[string]int
	diagnostics map[string]publishParams // by URI
	messages    []string
	progress    []string
	applied     []*workspaceEdit
	// published gets what is published, where it is not nil.
	published chan publishParams
}

// day is what today is for the server.
var day = registry.Date{Year: 2026, Month: time.June, Day: 1}

// connect starts a server for a directory; change changes the capabilities that the
// client has, folders are relative to dir, by default dir itself.
func connect(t testing.TB, dir string, change func(map[string]any), folders ...string) *client {
	t.Helper()
	return connectTo(t, dir, Options{}, change, folders...)
}

// connectTo is connect with options of the server.
func connectTo(t testing.TB, dir string, o Options, change func(map[string]any), folders ...string) *client {
	t.Helper()
	if len(folders) == 0 {
		folders = []string{"."}
	}
	ctx, cancel := context.WithCancel(t.Context())
	o.Version, o.Tests, o.Log, o.Today = "test", true, io.Discard, func() registry.Date { return day }
	o.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=", "GOTOOLCHAIN=local")
	s := newServer(ctx, o)
	toServer, fromClient := io.Pipe()
	toClient, fromServer := io.Pipe()
	c := &client{t: t, server: s, dir: dir, versions: map[string]int{}, diagnostics: map[string]publishParams{}, code: make(chan int, 1)}
	go func() { c.code <- s.serve(toServer, fromServer, cancel) }()
	c.conn = jsonrpc2.NewConn(context.Background(), jsonrpc2.NewBufferedStream(pipe{toClient, fromClient}, jsonrpc2.VSCodeObjectCodec{}),
		jsonrpc2.HandlerWithError(c.handle).SuppressErrClosed(), jsonrpc2.SetLogger(quiet{}))
	t.Cleanup(func() {
		c.conn.Close()
		cancel()
		select {
		case code := <-c.code:
			c.code <- code
		case <-time.After(time.Minute):
			t.Error("the server does not end with its connection")
		}
	})
	capabilities := map[string]any{
		"window": map[string]any{"workDoneProgress": true},
		"workspace": map[string]any{
			"applyEdit": true, "workspaceEdit": map[string]any{"documentChanges": true, "resourceOperations": []string{"delete"}},
			"didChangeWatchedFiles": map[string]any{"dynamicRegistration": true},
		},
		"textDocument": map[string]any{
			"publishDiagnostics": map[string]any{"relatedInformation": true},
			"codeAction":         map[string]any{"codeActionLiteralSupport": map[string]any{}},
		},
	}
	if change != nil {
		change(capabilities)
	}
	var list []workspaceFolder
	for _, f := range folders {
		list = append(list, workspaceFolder{URI: c.uri(f), Name: f})
	}
	c.call("initialize", map[string]any{"capabilities": capabilities, "workspaceFolders": list}, nil)
	c.notify("initialized", struct{}{})
	return c
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}

// handle takes what the server sends.
func (c *client) handle(_ context.Context, _ *jsonrpc2.Conn, req *jsonrpc2.Request) (any, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch req.Method {
	case "textDocument/publishDiagnostics":
		var p publishParams
		_ = json.Unmarshal(*req.Params, &p)
		if last, ok := c.diagnostics[p.URI]; ok && last.Version != nil && p.Version != nil && *last.Version > *p.Version {
			return nil, nil
		}
		c.diagnostics[p.URI] = p
		if c.published != nil {
			c.published <- p
		}
	case "window/showMessage", "window/logMessage":
		var p messageParams
		_ = json.Unmarshal(*req.Params, &p)
		c.messages = append(c.messages, p.Message)
	case "$/progress":
		var p struct{ Value progressValue }
		_ = json.Unmarshal(*req.Params, &p)
		c.progress = append(c.progress, p.Value.Kind)
	case "client/registerCapability", "window/workDoneProgress/create":
		return nil, nil
	case "workspace/applyEdit":
		var p struct{ Edit json.RawMessage }
		_ = json.Unmarshal(*req.Params, &p)
		var edit workspaceEdit
		_ = json.Unmarshal(p.Edit, &edit)
		c.applied = append(c.applied, &edit)
		return applyEditResult{Applied: true}, nil
	default:
		return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeMethodNotFound}
	}
	return nil, nil
}

func (c *client) call(method string, params, result any) {
	c.t.Helper()
	require.NoError(c.t, c.try(method, params, result), method)
}

func (c *client) try(method string, params, result any) error {
	ctx, cancel := context.WithTimeout(c.t.Context(), time.Minute)
	defer cancel()
	return c.conn.Call(ctx, method, params, result)
}

func (c *client) notify(method string, params any) {
	c.t.Helper()
	require.NoError(c.t, c.conn.Notify(c.t.Context(), method, params), method)
}

func (c *client) uri(file string) string { return fileURI(filepath.Join(c.dir, file)) }

func (c *client) read(file string) []byte {
	c.t.Helper()
	data, err := os.ReadFile(filepath.Join(c.dir, file))
	require.NoError(c.t, err)
	return data
}

func (c *client) open(file string) {
	c.t.Helper()
	c.versions[file] = 1
	c.notify("textDocument/didOpen", map[string]any{"textDocument": map[string]any{
		"uri": c.uri(file), "languageId": "go", "version": 1, "text": string(c.read(file)),
	}})
}

// text is what the server has of a document, or else the file.
func (c *client) text(file string) *text {
	c.sync()
	if doc := c.server.docs.get(filepath.Join(c.dir, file)); doc != nil {
		return doc.text
	}
	return newText(c.read(file))
}

// sync waits until the server has read what was sent.
func (c *client) sync() {
	_ = c.try("flaglint/nothing", nil, nil)
}

// change replaces the first old by text.
func (c *client) change(file, old, text string) {
	c.t.Helper()
	t := c.text(file)
	i := bytes.Index(t.data, []byte(old))
	require.GreaterOrEqual(c.t, i, 0, "%s has no %q", file, old)
	where := t.span(i, i+len(old), c.server.encoding)
	c.versions[file]++
	version := c.versions[file]
	c.notify("textDocument/didChange", didChangeParams{
		TextDocument: versionedDocument{c.uri(file), &version}, ContentChanges: []contentChange{{&where, text}},
	})
}

// save writes a document to disk.
func (c *client) save(file string) {
	c.t.Helper()
	require.NoError(c.t, os.WriteFile(filepath.Join(c.dir, file), c.text(file).data, 0o644))
	c.notify("textDocument/didSave", map[string]any{"textDocument": map[string]any{"uri": c.uri(file)}})
}

// write changes a file on disk as another program does.
func (c *client) write(file, data string, kind int) {
	c.t.Helper()
	name := filepath.Join(c.dir, file)
	if kind == 3 {
		require.NoError(c.t, os.Remove(name))
	} else {
		require.NoError(c.t, os.MkdirAll(filepath.Dir(name), 0o755))
		require.NoError(c.t, os.WriteFile(name, []byte(data), 0o644))
	}
	c.notify("workspace/didChangeWatchedFiles", map[string]any{"changes": []any{map[string]any{"uri": c.uri(file), "type": kind}}})
}

// rest waits until the server has nothing left to do.
func (c *client) rest() {
	c.t.Helper()
	c.sync()
	ctx, cancel := context.WithTimeout(c.t.Context(), 2*time.Minute)
	defer cancel()
	c.server.mu.Lock()
	views := append([]*view(nil), c.server.views...)
	c.server.mu.Unlock()
	for _, v := range views {
		if err := v.rested(ctx); err != nil && !errors.Is(v.ctx.Err(), context.Canceled) {
			require.NoError(c.t, err, "%s does not come to rest", v.dir)
		}
	}
	c.sync()
}

// after is the place behind the first needle in a file.
func (c *client) after(file, needle string) position {
	c.t.Helper()
	t := c.text(file)
	i := bytes.Index(t.data, []byte(needle))
	require.GreaterOrEqual(c.t, i, 0, "%s has no %q", file, needle)
	return t.position(i+len(needle), c.server.encoding)
}

func (c *client) at(file, needle string) positionParams {
	c.t.Helper()
	p := positionParams{Position: c.after(file, needle)}
	p.TextDocument.URI = c.uri(file)
	return p
}

// short writes a URI relative to the directory.
func (c *client) short(uri string) string {
	rel, err := filepath.Rel(c.dir, fileName(uri))
	require.NoError(c.t, err)
	return filepath.ToSlash(rel)
}

// apply changes files and documents as an edit says.
func (c *client) apply(edit *workspaceEdit) {
	c.t.Helper()
	raw, err := json.Marshal(edit)
	require.NoError(c.t, err)
	var e struct {
		Changes         map[string][]textEdit
		DocumentChanges []struct {
			TextDocument versionedDocument
			Edits        []textEdit
			Kind, URI    string
		}
	}
	require.NoError(c.t, json.Unmarshal(raw, &e))
	for uri, edits := range e.Changes {
		c.applyTo(uri, edits)
	}
	for _, d := range e.DocumentChanges {
		if d.Kind == "delete" {
			require.NoError(c.t, os.Remove(fileName(d.URI)))
			continue
		}
		c.applyTo(d.TextDocument.URI, d.Edits)
	}
}

func (c *client) applyTo(uri string, edits []textEdit) {
	file := c.short(uri)
	t := c.text(file)
	var b strings.Builder
	last := 0
	for _, e := range edits {
		start, end := t.offset(e.Range.Start, c.server.encoding), t.offset(e.Range.End, c.server.encoding)
		require.GreaterOrEqual(c.t, start, last, "edits are in order and do not overlap")
		b.Write(t.data[last:start])
		b.WriteString(e.NewText)
		last = end
	}
	b.Write(t.data[last:])
	if c.server.docs.get(filepath.Join(c.dir, file)) == nil {
		c.write(file, b.String(), 2)
		return
	}
	c.versions[file]++
	version := c.versions[file]
	c.notify("textDocument/didChange", didChangeParams{versionedDocument{c.uri(file), &version}, []contentChange{{nil, b.String()}}})
}
