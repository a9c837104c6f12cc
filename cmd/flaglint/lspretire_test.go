package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestLSPRetire holds the edits that the language server asks the editor for against
// what `flaglint remove` and `flaglint fix` write.
func TestLSPRetire(t *testing.T) {
	t.Parallel()
	for title, command := range map[string][]string{
		"Retire new-search everywhere: it is always true":                {"remove", "new-search=true"},
		"Retire all retired flags everywhere: free-shipping, new-search": {"fix", "--now", "2026-11-20"},
	} {
		t.Run(command[0], func(t *testing.T) {
			t.Parallel()
			edited, removed := t.TempDir(), t.TempDir()
			for _, dir := range []*string{&edited, &removed} {
				require.NoError(t, os.CopyFS(*dir, os.DirFS(filepath.Join("..", "..", "examples", "shop"))))
				var err error
				*dir, err = filepath.EvalSymlinks(*dir)
				require.NoError(t, err)
				if command[0] == "fix" {
					replaceIn(t, filepath.Join(*dir, "flags.yaml"), "state: rolled-out", "state: retired")
				}
			}
			// What the user has not saved counts.
			catalog := filepath.Join("internal", "catalog", "catalog.go")
			src, err := os.ReadFile(filepath.Join(edited, catalog))
			require.NoError(t, err)
			src = append([]byte("// An unsaved line.\n"), src...)
			require.NoError(t, os.WriteFile(filepath.Join(removed, catalog), src, 0o644))

			var errs bytes.Buffer
			code := run(t.Context(), append(command, "-C", removed, "./..."), world{stdout: io.Discard, stderr: &errs, now: time.Now(), env: os.Environ()})
			require.Equal(t, exitClean, code, errs.String())

			c := startLSP(t, []string{edited}, "--now", "2026-11-20")
			name := filepath.Join(edited, catalog)
			c.notify("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": lspURI(name), "version": 7, "text": string(src)}})
			c.wait(edited)
			before := bytes.Split(src[:bytes.Index(src, []byte("flags.NewSearch"))], []byte("\n"))
			c.retire(name, map[string]int{"line": len(before) - 1, "character": len(before[len(before)-1])}, title)
			c.applyEdits(map[string]lspDocument{name: {src, 7}})
			require.Equal(t, readTree(t, removed), readTree(t, edited))
			// Once the editor has written the files, nothing is left to do.
			require.Equal(t, 0, c.stop())
			c = startLSP(t, []string{edited}, "--now", "2026-11-20")
			c.wait(edited)
			require.NotContains(t, strings.Join(c.lines(edited), "\n"), "retiredflag")
			c.call("workspace/executeCommand", map[string]any{"command": "flaglint.retireAll", "arguments": []any{map[string]string{"uri": lspURI(name)}}}, nil)
			require.Empty(t, c.edits)
			require.Equal(t, []string{"flaglint: no retired flag is in the code"}, c.told)
			require.Equal(t, 0, c.stop())
		})
	}
}

func replaceIn(t *testing.T, name, old, text string) {
	t.Helper()
	data, err := os.ReadFile(name)
	require.NoError(t, err)
	require.Contains(t, string(data), old)
	require.NoError(t, os.WriteFile(name, []byte(strings.Replace(string(data), old, text, 1)), 0o644))
}

// retire runs the action of a title at a place, which must leave nothing.
func (c *lspClient) retire(name string, at map[string]int, title string) {
	c.t.Helper()
	var actions []struct {
		Title   string
		Command *struct {
			Command   string
			Arguments []any
		}
	}
	c.call("textDocument/codeAction", map[string]any{
		"textDocument": map[string]any{"uri": lspURI(name)}, "range": map[string]any{"start": at, "end": at}, "context": map[string]any{},
	}, &actions)
	var titles []string
	for _, a := range actions {
		titles = append(titles, a.Title)
		if a.Title != title {
			continue
		}
		var result struct {
			Applied bool
			Residue []any
		}
		c.call("workspace/executeCommand", map[string]any{"command": a.Command.Command, "arguments": a.Command.Arguments}, &result)
		require.True(c.t, result.Applied)
		require.Empty(c.t, result.Residue)
	}
	require.Contains(c.t, titles, title)
}

// lspDocument is an open document.
type lspDocument struct {
	text    []byte
	version int
}

// applyEdits writes what the server asked for, once, to the files.
func (c *lspClient) applyEdits(open map[string]lspDocument) {
	c.t.Helper()
	var edit struct {
		Edit struct {
			DocumentChanges []struct {
				TextDocument struct {
					URI     string
					Version *int
				}
				Edits []struct {
					Range   struct{ Start, End struct{ Line, Character int } }
					NewText string
				}
				Kind, URI string
			}
		}
	}
	require.Len(c.t, c.edits, 1)
	require.NoError(c.t, json.Unmarshal(c.edits[0], &edit))
	require.NotEmpty(c.t, edit.Edit.DocumentChanges)
	for _, d := range edit.Edit.DocumentChanges {
		require.Empty(c.t, d.Kind)
		name := strings.TrimPrefix(d.TextDocument.URI, "file://")
		text := open[name].text
		if text != nil {
			require.Equal(c.t, open[name].version, *d.TextDocument.Version)
		} else {
			require.Nil(c.t, d.TextDocument.Version)
			var err error
			text, err = os.ReadFile(name)
			require.NoError(c.t, err)
		}
		lines := bytes.SplitAfter(text, []byte("\n"))
		var out []byte
		last := 0
		for _, e := range d.Edits { // of whole lines
			require.Zero(c.t, e.Range.Start.Character+e.Range.End.Character)
			out = append(append(out, bytes.Join(lines[last:e.Range.Start.Line], nil)...), e.NewText...)
			last = e.Range.End.Line
		}
		out = append(out, bytes.Join(lines[last:], nil)...)
		require.NoError(c.t, os.WriteFile(name, out, 0o644))
	}
}
