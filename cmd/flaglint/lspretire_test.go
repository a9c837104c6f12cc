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

// TestLSPRetire holds the edit that the language server asks the editor for against
// what `flaglint remove` writes.
func TestLSPRetire(t *testing.T) {
	t.Parallel()
	shop := filepath.Join("..", "..", "examples", "shop")
	edited, removed := t.TempDir(), t.TempDir()
	for _, dir := range []*string{&edited, &removed} {
		require.NoError(t, os.CopyFS(*dir, os.DirFS(shop)))
		var err error
		*dir, err = filepath.EvalSymlinks(*dir)
		require.NoError(t, err)
	}
	catalog := filepath.Join("internal", "catalog", "catalog.go")
	// What the user has not saved counts.
	src, err := os.ReadFile(filepath.Join(edited, catalog))
	require.NoError(t, err)
	src = append([]byte("// An unsaved line.\n"), src...)
	require.NoError(t, os.WriteFile(filepath.Join(removed, catalog), src, 0o644))

	var errs bytes.Buffer
	code := run(t.Context(), []string{"remove", "-C", removed, "new-search=true", "./..."},
		world{stdout: io.Discard, stderr: &errs, now: time.Now(), env: os.Environ()})
	require.Equal(t, exitClean, code, errs.String())

	c := startLSP(t, []string{edited}, "--now", "2026-11-20")
	name := filepath.Join(edited, catalog)
	c.notify("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": lspURI(name), "version": 7, "text": string(src)}})
	c.wait(edited)
	line := bytes.Count(src[:bytes.Index(src, []byte("flags.NewSearch"))], []byte("\n"))
	column := strings.Index(strings.Split(string(src), "\n")[line], "flags.NewSearch")
	at := map[string]int{"line": line, "character": column}
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
	require.Len(t, actions, 1)
	require.Equal(t, "Retire new-search everywhere: it is always true", actions[0].Title)
	var result struct {
		Applied bool
		Residue []any
	}
	c.call("workspace/executeCommand", map[string]any{"command": actions[0].Command.Command, "arguments": actions[0].Command.Arguments}, &result)
	require.True(t, result.Applied)
	require.Empty(t, result.Residue)

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
	require.Len(t, c.edits, 1)
	require.NoError(t, json.Unmarshal(c.edits[0], &edit))
	require.NotEmpty(t, edit.Edit.DocumentChanges)
	for _, d := range edit.Edit.DocumentChanges {
		require.Empty(t, d.Kind)
		name := strings.TrimPrefix(d.TextDocument.URI, "file://")
		text := src
		if name == filepath.Join(edited, catalog) {
			require.Equal(t, 7, *d.TextDocument.Version)
		} else {
			require.Nil(t, d.TextDocument.Version)
			text, err = os.ReadFile(name)
			require.NoError(t, err)
		}
		lines := bytes.SplitAfter(text, []byte("\n"))
		var out []byte
		last := 0
		for _, e := range d.Edits { // of whole lines
			require.Zero(t, e.Range.Start.Character+e.Range.End.Character)
			out = append(append(out, bytes.Join(lines[last:e.Range.Start.Line], nil)...), e.NewText...)
			last = e.Range.End.Line
		}
		out = append(out, bytes.Join(lines[last:], nil)...)
		require.NoError(t, os.WriteFile(name, out, 0o644))
	}
	want, got := readTree(t, removed), readTree(t, edited)
	require.Equal(t, want, got)
	require.Equal(t, 0, c.stop())
}
