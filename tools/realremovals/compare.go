package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"strings"
)

// lines is a multiset of lines.
type lines map[string]int

// minus are the lines of a that b has fewer of.
func (a lines) minus(b lines) lines {
	out := lines{}
	for l, n := range a {
		if n > b[l] {
			out[l] = n - b[l]
		}
	}
	return out
}

// and are the lines that both have.
func (a lines) and(b lines) lines {
	out := lines{}
	for l, n := range a {
		if m := min(n, b[l]); m > 0 {
			out[l] = m
		}
	}
	return out
}

func (a lines) count() int {
	n := 0
	for _, m := range a {
		n += m
	}
	return n
}

// split is how much of a change both made, only the person, only the tool.
type split struct{ both, human, tool int }

func (s split) String() string { return fmt.Sprintf("%d/%d/%d", s.both, s.human, s.tool) }

func (s *split) add(human, tool lines) {
	s.both += human.and(tool).count()
	s.human += human.minus(tool).count()
	s.tool += tool.minus(human).count()
}

// comparison is of the files of one sort: tests, or other code.
type comparison struct {
	removed, added split
	files, same    int // files that either changed; that ended up the same
}

// compare adds one file: before, as the person left it, as the tool left it.
// Nil is a file that is not there.
func (c *comparison) compare(before, human, tool []byte) {
	b, h, t := normal(before), normal(human), normal(tool)
	c.files++
	if maps.Equal(h, t) {
		c.same++
	}
	c.removed.add(b.minus(h), b.minus(t))
	c.added.add(h.minus(b), t.minus(b))
}

// normal are the lines of a file without what does not matter: comments,
// alignment, blank lines, the order and the grouping of imports, and brackets
// alone.
func normal(src []byte) lines {
	out := lines{}
	if src == nil {
		return out
	}
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "", src, parser.SkipObjectResolution)
	if err == nil {
		for _, im := range f.Imports {
			name := ""
			if im.Name != nil {
				name = im.Name.Name + " "
			}
			out["import "+name+im.Path.Value]++
		}
		f.Decls = slices.DeleteFunc(f.Decls, func(d ast.Decl) bool {
			g, ok := d.(*ast.GenDecl)
			return ok && g.Tok == token.IMPORT
		})
		var b bytes.Buffer
		if format.Node(&b, fset, f) == nil {
			src = b.Bytes()
		}
	}
	for l := range strings.Lines(string(src)) {
		if l = strings.Join(strings.Fields(l), " "); strings.Trim(l, "(){}[], ") != "" {
			out[l]++
		}
	}
	return out
}
