package lsp

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"
)

// TestScripts runs the scripts in testdata. The comment of an archive is the script:
// lines of a command and its arguments, each followed by what it shows, in lines
// that begin with "| ". UPDATE_SCRIPTS=1 writes what is shown, to be read before it is committed.
func TestScripts(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join("testdata", "*.txtar"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			a, err := txtar.ParseFile(file)
			require.NoError(t, err)
			got := runScript(t, a)
			if os.Getenv("UPDATE_SCRIPTS") != "" {
				a.Comment = []byte(got)
				require.NoError(t, os.WriteFile(file, txtar.Format(a), 0o644))
			}
			require.Equal(t, string(a.Comment), got)
		})
	}
}

// unpack writes the files of an archive, and returns the directory.
func unpack(t *testing.T, a *txtar.Archive) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	for _, f := range a.Files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
		require.NoError(t, os.WriteFile(name, f.Data, 0o644))
	}
	return dir
}

// words splits a line at spaces; a word in quotes is a Go string.
func words(t *testing.T, line string) []string {
	var out []string
	for line = strings.TrimSpace(line); line != ""; line = strings.TrimSpace(line) {
		if line[0] == '"' || line[0] == '`' {
			q, err := strconv.QuotedPrefix(line)
			require.NoError(t, err, line)
			text, err := strconv.Unquote(q)
			require.NoError(t, err, line)
			out = append(out, text)
			line = line[len(q):]
			continue
		}
		word, rest, _ := strings.Cut(line, " ")
		out = append(out, word)
		line = rest
	}
	return out
}

func runScript(t *testing.T, a *txtar.Archive) string {
	dir := unpack(t, a)
	var c *client
	var o Options
	var out strings.Builder
	for line := range strings.Lines(string(a.Comment)) {
		if strings.HasPrefix(line, "| ") || line == "|\n" {
			continue
		}
		out.WriteString(line)
		w := words(t, line)
		if len(w) == 0 || w[0] == "#" {
			continue
		}
		if c == nil {
			if w[0] == "baseline" {
				o.Baseline = w[1]
				continue
			}
			if w[0] == "folders" {
				c = connectTo(t, dir, o, nil, w[1:]...)
				continue
			}
			c = connectTo(t, dir, o, nil)
		}
		for shown := range strings.Lines(c.run(w[0], w[1:])) {
			fmt.Fprintf(&out, "| %s\n", strings.TrimRight(shown, "\n"))
		}
	}
	return out.String()
}

// run runs a command of a script and returns what it shows.
func (c *client) run(name string, args []string) string {
	c.t.Helper()
	switch name {
	case "open":
		c.open(args[0])
	case "close":
		c.notify("textDocument/didClose", map[string]any{"textDocument": map[string]any{"uri": c.uri(args[0])}})
	case "change":
		c.change(args[0], args[1], args[2])
	case "save":
		c.save(args[0])
	case "write": // FILE FROM: what FROM holds
		c.write(args[0], string(c.read(args[1])), 2)
	case "create":
		c.write(args[0], string(c.read(args[1])), 1)
	case "remove":
		c.write(args[0], "", 3)
	case "folder":
		c.notify("workspace/didChangeWorkspaceFolders", map[string]any{"event": map[string]any{
			"added": []workspaceFolder{{URI: c.uri(args[0])}}, "removed": []workspaceFolder{}}})
	case "nofolder":
		c.notify("workspace/didChangeWorkspaceFolders", map[string]any{"event": map[string]any{
			"added": []workspaceFolder{}, "removed": []workspaceFolder{{URI: c.uri(args[0])}}}})
	case "diagnostics":
		return c.showDiagnostics()
	case "hover":
		var h *hover
		c.call("textDocument/hover", c.at(args[0], args[1]), &h)
		if h == nil {
			return "nothing"
		}
		return show(h.Range) + "\n" + h.Contents.Value
	case "definition":
		var l []location
		c.call("textDocument/definition", c.at(args[0], args[1]), &l)
		return c.places(l)
	case "references":
		p := referenceParams{positionParams: c.at(args[0], args[1])}
		p.Context.IncludeDeclaration = true
		var l []location
		c.call("textDocument/references", p, &l)
		return c.places(l)
	case "complete":
		var l completionList
		c.call("textDocument/completion", c.at(args[0], args[1]), &l)
		slices.SortStableFunc(l.Items, func(a, b completionItem) int { return strings.Compare(a.SortText, b.SortText) })
		var b strings.Builder
		for _, i := range l.Items {
			fmt.Fprintf(&b, "%s [%s] %s %q\n", i.Label, i.Detail, show(&i.TextEdit.Range), i.TextEdit.NewText)
		}
		if b.Len() == 0 {
			return "nothing"
		}
		return b.String()
	case "actions":
		var b strings.Builder
		for _, a := range c.actions(args[0], args[1], args[2:]...) {
			fmt.Fprintf(&b, "%s: %s\n", a.Kind, a.Title)
		}
		if b.Len() == 0 {
			return "nothing"
		}
		return b.String()
	case "do": // FILE NEEDLE TITLE: applies an action
		return c.do(args[0], args[1], args[2])
	case "text":
		return string(c.text(args[0]).data)
	case "messages":
		c.mu.Lock()
		defer c.mu.Unlock()
		out := strings.ReplaceAll(strings.Join(c.messages, "\n"), c.dir, "$DIR")
		c.messages = nil
		return out
	default:
		c.t.Fatalf("no such command: %s", name)
	}
	return ""
}

func show(s *span) string {
	return fmt.Sprintf("%d:%d-%d:%d", s.Start.Line+1, s.Start.Character+1, s.End.Line+1, s.End.Character+1)
}

func (c *client) places(list []location) string {
	var b strings.Builder
	for _, l := range list {
		fmt.Fprintf(&b, "%s:%s\n", c.short(l.URI), show(&l.Range))
	}
	if b.Len() == 0 {
		return "nothing"
	}
	return b.String()
}

// showDiagnostics lists the diagnostics of all files, once the server rests.
func (c *client) showDiagnostics() string {
	c.rest()
	c.mu.Lock()
	defer c.mu.Unlock()
	var b strings.Builder
	byFile := map[string]publishParams{}
	for uri, p := range c.diagnostics {
		byFile[c.short(uri)] = p
	}
	for _, file := range sorted(byFile) {
		for _, d := range byFile[file].Diagnostics {
			fmt.Fprintf(&b, "%s:%s %s %s: %s\n", file, show(&d.Range), [...]string{"", "error", "warning", "info"}[d.Severity], d.Code, d.Message)
			for _, r := range d.RelatedInformation {
				fmt.Fprintf(&b, "  %s:%s %s\n", c.short(r.Location.URI), show(&r.Location.Range), r.Message)
			}
		}
	}
	if b.Len() == 0 {
		return "none"
	}
	return b.String()
}

func (c *client) actions(file, needle string, only ...string) []codeAction {
	c.t.Helper()
	at := c.after(file, needle)
	p := codeActionParams{TextDocument: textDocument{c.uri(file)}, Range: span{at, at}}
	p.Context.Only = only
	var list []codeAction
	c.call("textDocument/codeAction", p, &list)
	return list
}

func (c *client) do(file, needle, title string) string {
	c.t.Helper()
	for _, a := range c.actions(file, needle) {
		if a.Title != title {
			continue
		}
		if a.Edit != nil {
			c.apply(a.Edit)
			return ""
		}
		args, err := json.Marshal(a.Command.Arguments)
		require.NoError(c.t, err)
		var raw []json.RawMessage
		require.NoError(c.t, json.Unmarshal(args, &raw))
		var result retireResult
		c.call("workspace/executeCommand", executeParams{Command: a.Command.Command, Arguments: raw}, &result)
		c.mu.Lock()
		edits := c.applied
		c.applied = nil
		c.mu.Unlock()
		for _, e := range edits {
			c.apply(e)
		}
		return fmt.Sprintf("applied %t, %d files, %d left", result.Applied, result.Files, len(result.Residue))
	}
	c.t.Fatalf("no action %q", title)
	return ""
}
