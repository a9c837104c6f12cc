package lsp

import (
	"cmp"
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"

	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/internal/report"
	"github.com/flaghygiene/flaglint/registry"
)

// target is the flag that a place in a document means.
type target struct {
	key        string
	start, end int // what names it
}

// at returns the flag at a position of a file, the view's snapshot, and the text that
// the target's bytes are in. A nil target means that no flag is there.
func (s *server) at(ctx context.Context, p positionParams) (*target, *snapshot, *text, error) {
	name := s.docs.name(p.TextDocument.URI)
	v := s.viewFor(name)
	if v == nil {
		return nil, nil, nil, nil
	}
	snap, err := v.snapshot(ctx)
	if snap == nil || err != nil {
		return nil, nil, nil, err
	}
	t := s.textOf(snap, name)
	offset := t.offset(p.Position, s.encoding)
	if !isGoFile(name) {
		return snap.keyAt(name, t, offset), snap, t, nil
	}
	if string(t.data) == string(snap.texts.get(name).data) {
		if uses := snap.find(name, offset); len(uses) > 0 {
			u := uses[0]
			return &target{u.key, u.start, u.end}, snap, t, nil
		}
	}
	// Where the package does not type-check, a string that is a flag's key is one.
	if lit, at := stringAt(name, t, offset); lit != "" {
		if _, known := snap.flags[lit]; known {
			return &target{lit, at.start, at.end}, snap, t, nil
		}
	}
	return nil, snap, t, nil
}

// textOf is what a document holds, or the file.
func (s *server) textOf(snap *snapshot, name string) *text {
	if doc := s.docs.get(name); doc != nil {
		return doc.text
	}
	return snap.texts.get(name)
}

// bytesOf are the bytes of a literal.
type bytesOf struct{ start, end int }

// stringAt returns the string literal at a byte of a Go file.
func stringAt(name string, t *text, offset int) (string, bytesOf) {
	fset := token.NewFileSet()
	f, _ := parser.ParseFile(fset, name, t.data, parser.SkipObjectResolution)
	if f == nil {
		return "", bytesOf{}
	}
	var found string
	var at bytesOf
	ast.Inspect(f, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			start := fset.Position(lit.Pos()).Offset
			if start <= offset && offset <= start+len(lit.Value) {
				if text, err := strconv.Unquote(lit.Value); err == nil {
					found, at = text, bytesOf{start, start + len(lit.Value)}
				}
			}
		}
		return true
	})
	return found, at
}

// keyAt returns the flag that a registry names at a byte: the key of a row or a
// prerequisite.
func (s *snapshot) keyAt(name string, t *text, offset int) *target {
	if s.settings.Registry == nil {
		return nil
	}
	for _, f := range s.settings.Registry.Flags() {
		for _, row := range append([]*registry.Flag{f}, f.Also...) {
			places := []registry.Requirement{{Key: row.Key, Pos: row.Source}}
			for _, r := range append(places, row.Requires...) {
				if s.paths.Abs(r.Pos.File) != name || r.Pos.Line == 0 {
					continue
				}
				start := t.at(r.Pos.Line, r.Pos.Column)
				if end := wordEnd(t, start); start <= offset && offset <= end && strings.Contains(string(t.data[start:end]), r.Key) {
					return &target{r.Key, start, end}
				}
			}
		}
	}
	return nil
}

// hover tells what is known of the flag at a position.
func (s *server) hover(ctx context.Context, p positionParams) (any, error) {
	at, snap, t, err := s.at(ctx, p)
	if at == nil || err != nil {
		return nil, err
	}
	where := t.span(at.start, at.end, s.encoding)
	return hover{Contents: markup{"markdown", describe(snap, at.key)}, Range: &where}, nil
}

// describe renders what is known of a flag as Markdown.
func describe(snap *snapshot, key string) string {
	f := snap.flags[key]
	var b strings.Builder
	fmt.Fprintf(&b, "**%s**", escape(key))
	row := f.Row
	if row == nil {
		fmt.Fprint(&b, " — in no registry\n")
	} else {
		var what []string
		for _, part := range []string{string(row.State), string(row.Kind), string(f.Type)} {
			if part != "" {
				what = append(what, part)
			}
		}
		fmt.Fprintf(&b, " — %s flag\n", cmp.Or(strings.Join(what, " "), "a"))
		if row.Description != "" {
			fmt.Fprintf(&b, "\n%s\n", escape(row.Description))
		}
		b.WriteString("\n")
		line := func(name, value string) {
			if value != "" {
				fmt.Fprintf(&b, "- %s: %s\n", name, escape(value))
			}
		}
		line("owner", row.Owner)
		if row.Value != nil {
			since := ""
			if !row.Since.IsZero() {
				since = " since " + row.Since.String()
			}
			line("value for everyone", row.Value.String()+since)
		} else if !row.Since.IsZero() {
			line("in this state since", row.Since.String())
		}
		if row.Default != nil {
			line("default", row.Default.String())
		}
		if len(row.Variants) > 0 {
			var all []string
			for _, v := range row.Variants {
				all = append(all, v.String())
			}
			line("variants", strings.Join(all, ", "))
		}
		if !row.Created.IsZero() {
			line("created", row.Created.String())
		}
		if !row.Expires.IsZero() {
			line("expires", row.Expires.String())
		}
		line("issue", row.Issue)
		var requires []string
		for _, r := range row.Requires {
			requires = append(requires, r.Key)
		}
		line("requires", strings.Join(requires, ", "))
		line("tags", strings.Join(row.Tags, ", "))
		if row.Source.File != "" {
			line("declared", row.Source.String())
		}
	}
	fmt.Fprintf(&b, "\n%s\n", counts(f))
	return b.String()
}

// counts says how often a flag is referenced.
func counts(f report.Flag) string {
	if len(f.References) == 0 {
		return "No code references it."
	}
	var parts []string
	for _, kind := range []flagref.RefKind{flagref.Evaluation, flagref.Override, flagref.Declaration, flagref.Mention} {
		n := 0
		for _, r := range f.References {
			if r.Kind == kind {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, plural(string(kind), n)))
		}
	}
	files := map[string]bool{}
	for _, r := range f.References {
		files[r.Pos.Filename] = true
	}
	n := len(f.References)
	return fmt.Sprintf("%d %s in %d %s: %s.", n, plural("reference", n), len(files), plural("file", len(files)), strings.Join(parts, ", "))
}

func plural(word string, n int) string {
	if n == 1 {
		return word
	}
	return word + "s"
}

// escape keeps text from being Markdown.
func escape(text string) string {
	return strings.NewReplacer("\\", "\\\\", "*", "\\*", "_", "\\_", "`", "\\`", "<", "&lt;", "[", "\\[", "\n", " ").Replace(text)
}

// definition goes from a flag to its row in the registry.
func (s *server) definition(ctx context.Context, p positionParams) (any, error) {
	at, snap, _, err := s.at(ctx, p)
	if at == nil || err != nil {
		return nil, err
	}
	where := s.rowOf(snap, at.key)
	if where == nil {
		return nil, nil
	}
	return []location{*where}, nil
}

// rowOf is where the registry, or code, declares a flag; nil where nothing does.
func (s *server) rowOf(snap *snapshot, key string) *location {
	row, name := snap.row(key)
	if row == nil || row.Source.Line == 0 {
		return nil
	}
	at := token.Position{Filename: name, Line: row.Source.Line, Column: row.Source.Column}
	where := s.location(snap, at, at)
	return &where
}

// references lists where code names or reads the flag at a position.
func (s *server) references(ctx context.Context, p referenceParams) (any, error) {
	at, snap, _, err := s.at(ctx, p.positionParams)
	if at == nil || err != nil {
		return nil, err
	}
	out := []location{}
	if where := s.rowOf(snap, at.key); where != nil && p.Context.IncludeDeclaration {
		out = append(out, *where)
	}
	var names []string
	for name := range snap.uses {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		t := snap.texts.get(name)
		for _, u := range snap.uses[name] {
			if u.key != at.key {
				continue
			}
			where := location{s.uri(name), t.span(u.start, u.end, s.encoding)}
			if !slices.Contains(out, where) {
				out = append(out, where)
			}
		}
	}
	return out, nil
}
