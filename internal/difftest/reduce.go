package difftest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/ast/astutil"
	"golang.org/x/tools/txtar"
)

// Reduce makes a program smaller as long as a finding of the wanted kind stays.
// It returns the result of the smallest program that it came to.
func (s *Session) Reduce(ctx context.Context, r *Result, wanted func(Finding) bool) (*Result, error) {
	effects := false
	for _, f := range r.Findings {
		if wanted(f) && f.Kind == Effects {
			// Of the same sort: other effects, no end, or what does not compile.
			effects = true
			sort, _, _ := strings.Cut(f.Detail, " ")
			any := wanted
			wanted = func(f Finding) bool { return any(f) && strings.HasPrefix(f.Detail, sort) }
			break
		}
	}
	best := r
	for shrunk := true; shrunk; {
		shrunk = false
		for _, name := range best.Program.Names() {
			for i, atOnce := 0, 1; ; {
				if err := ctx.Err(); err != nil {
					return best, err
				}
				next, tried, err := s.smaller(ctx, best, name, i, atOnce, effects, wanted)
				if err != nil {
					return best, err
				}
				if next == nil && tried == 0 {
					break
				}
				i += tried
				atOnce = min(2*atOnce, maxAtOnce)
				if next != nil {
					best, shrunk, atOnce = next, true, 1
				}
			}
		}
	}
	return best, nil
}

// maxAtOnce is how many edits are tried with one binary at most, after failures.
const maxAtOnce = 16

// smaller tries edits of a file from the i-th on, and returns the result of the
// first that keeps the finding, with the number of edits that need not be tried again.
func (s *Session) smaller(ctx context.Context, best *Result, name string, i, atOnce int, effects bool, wanted func(Finding) bool) (*Result, int, error) {
	n := s.candidates(best.Program.Files[name])
	var results []*Result
	var at []int
	for k := i; k < n; k++ {
		files := s.shrink(best.Program.Files, name, n-1-k)
		if files == nil {
			continue
		}
		r := s.Universe.Check(best.Program.With(files), s.Remove)
		if !effects && slices.ContainsFunc(r.Findings, wanted) {
			return r, k - i, nil
		}
		if effects {
			results, at = append(results, r), append(at, k)
		}
		if len(results) == atOnce {
			break
		}
	}
	if len(results) == 0 {
		return nil, max(0, n-i), nil
	}
	if err := s.Runner.Effects(ctx, results); err != nil {
		return nil, 0, err
	}
	for j, r := range results {
		if slices.ContainsFunc(r.Findings, wanted) {
			return r, at[j] - i, nil
		}
	}
	return nil, at[len(at)-1] + 1 - i, nil
}

// candidates counts the edits that can be tried on a file.
func (s *Session) candidates(text string) int {
	n := 0
	if _, f, err := parse(text); err == nil {
		edits(f, func(func()) bool { n++; return true })
	}
	return n
}

func parse(text string) (*token.FileSet, *ast.File, error) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "x.go", text, parser.ParseComments|parser.SkipObjectResolution)
	return fset, f, err
}

// shrink applies the i-th edit to a file and mends what it leaves unused; nil
// when that gives no valid program, or no smaller one.
func (s *Session) shrink(files map[string]string, name string, i int) map[string]string {
	fset, f, err := parse(files[name])
	if err != nil {
		return nil
	}
	n := 0
	edits(f, func(do func()) bool {
		if n == i {
			do()
		}
		n++
		return n <= i
	})
	text, ok := print(fset, f)
	if !ok || text == files[name] || strings.Contains(files[name], mainFunc) && !strings.Contains(text, mainFunc) {
		return nil
	}
	out := maps.Clone(files)
	out[name] = text
	for range 12 {
		_, err := s.Universe.Load(out)
		if err == nil {
			for name, text := range out {
				if _, f, err := parse(text); err == nil && len(f.Decls) == 0 && len(out) > 1 {
					delete(out, name)
				}
			}
			return out
		}
		if !mend(out, err) {
			return nil
		}
	}
	return nil
}

// mainFunc begins the function that every program keeps.
const mainFunc = "func main() {"

func print(fset *token.FileSet, f *ast.File) (string, bool) {
	var b bytes.Buffer
	if err := format.Node(&b, fset, f); err != nil {
		return "", false
	}
	return b.String(), true
}

// edits offers the ways to make a file smaller; an edit must not be done after
// another was.
func edits(f *ast.File, offer func(func()) bool) {
	more := true
	try := func(do func()) {
		if more {
			more = offer(do)
		}
	}
	list := func(stmts *[]ast.Stmt) {
		for i, st := range slices.Clone(*stmts) {
			try(func() { dropComments(f, st); *stmts = slices.Delete(*stmts, i, i+1) })
			if b, ok := st.(*ast.BlockStmt); ok {
				try(func() { *stmts = slices.Replace(*stmts, i, i+1, b.List...) })
			}
			if is, ok := st.(*ast.IfStmt); ok && is.Init == nil {
				try(func() { *stmts = slices.Replace(*stmts, i, i+1, is.Body.List...) })
				if is.Else != nil {
					try(func() { *stmts = slices.Replace(*stmts, i, i+1, is.Else) })
				}
			}
			if l, ok := st.(*ast.LabeledStmt); ok {
				try(func() { (*stmts)[i] = l.Stmt })
			}
			if d, ok := st.(*ast.DeferStmt); ok {
				try(func() { (*stmts)[i] = &ast.ExprStmt{X: d.Call} })
			}
		}
	}
	astutil.Apply(f, func(c *astutil.Cursor) bool {
		if !more {
			return false
		}
		switch n := c.Node().(type) {
		case *ast.BlockStmt:
			list(&n.List)
		case *ast.CaseClause:
			list(&n.Body)
			if len(n.List) > 1 {
				try(func() { n.List = n.List[:1] })
			}
		case *ast.CommClause:
			list(&n.Body)
		case *ast.IfStmt:
			if n.Else != nil {
				try(func() { n.Else = nil })
			}
		case *ast.GenDecl:
			if n.Tok != token.IMPORT && len(n.Specs) > 1 {
				for i := range len(n.Specs) {
					try(func() { n.Specs = slices.Delete(n.Specs, i, i+1) })
				}
			}
		case *ast.BinaryExpr:
			try(func() { c.Replace(n.X) })
			try(func() { c.Replace(n.Y) })
		case *ast.ParenExpr:
			try(func() { c.Replace(n.X) })
		case *ast.UnaryExpr:
			try(func() { c.Replace(n.X) })
		case *ast.CallExpr:
			switch c.Parent().(type) {
			case *ast.DeferStmt, *ast.GoStmt, *ast.ExprStmt: // they take nothing but calls
			default:
				for _, e := range []ast.Expr{ast.NewIdent("true"), &ast.BasicLit{Kind: token.INT, Value: "0"}, &ast.BasicLit{Kind: token.STRING, Value: `""`}} {
					try(func() { c.Replace(e) })
				}
			}
		case *ast.CommentGroup:
			return false
		}
		return more
	}, nil)
	for i := range len(f.Comments) {
		try(func() { f.Comments = slices.Delete(f.Comments, i, i+1) })
	}
	// What takes much away is offered last, and tried first.
	ast.Inspect(f, func(n ast.Node) bool {
		if b, ok := n.(*ast.BlockStmt); ok && len(b.List) >= 4 {
			half := len(b.List) / 2
			try(func() { dropAll(f, b.List[half:]); b.List = b.List[:half] })
			try(func() { dropAll(f, b.List[:half]); b.List = b.List[half:] })
		}
		return more
	})
	for _, d := range f.Decls {
		if fd, ok := d.(*ast.FuncDecl); ok && len(fd.Body.List) > 1 {
			try(func() {
				dropAll(f, fd.Body.List)
				call := &ast.CallExpr{Fun: ast.NewIdent("panic"), Args: []ast.Expr{&ast.BasicLit{Kind: token.STRING, Value: `"gone"`}}}
				fd.Body.List = []ast.Stmt{&ast.ExprStmt{X: call}}
			})
		}
	}
	for i, d := range slices.Clone(f.Decls) {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.IMPORT {
			continue
		}
		try(func() { dropComments(f, d); f.Decls = slices.Delete(f.Decls, i, i+1) })
	}
}

func dropAll(f *ast.File, stmts []ast.Stmt) {
	for _, st := range stmts {
		dropComments(f, st)
	}
}

// dropComments takes the comments inside a node out of the file.
func dropComments(f *ast.File, n ast.Node) {
	f.Comments = slices.DeleteFunc(f.Comments, func(c *ast.CommentGroup) bool { return n.Pos() <= c.Pos() && c.End() <= n.End() })
}

// mend takes away what type errors call unused; false where there are others.
func mend(files map[string]string, err error) bool {
	var list interface{ Unwrap() []error }
	if !errors.As(err, &list) {
		return false
	}
	done := false
	for _, err := range list.Unwrap() {
		var te types.Error
		if !errors.As(err, &te) {
			continue // a package that could not be imported because of other errors
		}
		pos := te.Fset.Position(te.Pos)
		name := strings.TrimPrefix(pos.Filename, Root+"/")
		switch {
		case strings.Contains(te.Msg, "imported and not used"):
		case strings.HasPrefix(te.Msg, "declared and not used"), strings.HasSuffix(te.Msg, "declared and not used"):
		case strings.HasPrefix(te.Msg, "label") && strings.Contains(te.Msg, "not used"):
		default:
			return false
		}
		if done {
			continue // its position is of the text before the first mend
		}
		fset, f, perr := parse(files[name])
		if perr != nil {
			return false
		}
		if !mendAt(fset, f, pos) {
			return false
		}
		text, ok := print(fset, f)
		if !ok {
			return false
		}
		files[name] = text
		done = true
	}
	return done
}

// mendAt deletes the import, the variable or the label at a position.
func mendAt(fset *token.FileSet, f *ast.File, pos token.Position) bool {
	at := fset.File(f.FileStart).Pos(pos.Offset)
	for _, spec := range f.Imports {
		if spec.Pos() <= at && at < spec.End() {
			name := ""
			if spec.Name != nil {
				name = spec.Name.Name
			}
			return astutil.DeleteNamedImport(fset, f, name, strings.Trim(spec.Path.Value, `"`))
		}
	}
	path, _ := astutil.PathEnclosingInterval(f, at, at+1)
	for i, n := range path {
		switch n := n.(type) {
		case *ast.LabeledStmt:
			if n.Label.Pos() == at {
				return replaceStmt(path[i+1], n, n.Stmt)
			}
		case *ast.AssignStmt:
			used := 0
			for _, l := range n.Lhs {
				if id, ok := l.(*ast.Ident); ok && id.Pos() == at {
					id.Name = "_"
				} else if ok && id.Name != "_" {
					used++
				}
			}
			if used > 0 {
				return true
			}
			if i+1 < len(path) && replaceStmt(path[i+1], n, nil) {
				return true
			}
			n.Tok = token.ASSIGN
			return true
		case *ast.DeclStmt:
			return replaceStmt(path[i+1], n, nil)
		}
	}
	return false
}

// replaceStmt replaces a statement of a list; a nil one is deleted.
func replaceStmt(parent ast.Node, old, by ast.Stmt) bool {
	var list *[]ast.Stmt
	switch p := parent.(type) {
	case *ast.BlockStmt:
		list = &p.List
	case *ast.CaseClause:
		list = &p.Body
	case *ast.CommClause:
		list = &p.Body
	default:
		return false
	}
	i := slices.Index(*list, old)
	if i < 0 {
		return false
	}
	if by == nil {
		*list = slices.Delete(*list, i, i+1)
	} else {
		(*list)[i] = by
	}
	return true
}

// Format writes a result as a txtar archive: the program, what became of it
// under after/, and what is wrong with it.
func (r *Result) Format(of Finding) []byte {
	a := txtar.Parse(r.Program.Format(fmt.Sprintf("%s: %s\n", of.Kind, strings.ReplaceAll(of.Detail, "\n-- ", "\n - "))))
	for _, name := range slices.Sorted(maps.Keys(r.After)) {
		if r.After[name] != r.Program.Files[name] {
			a.Files = append(a.Files, txtar.File{Name: "after/" + name, Data: []byte(r.After[name])})
		}
	}
	return txtar.Format(a)
}
