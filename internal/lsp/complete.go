package lsp

import (
	"cmp"
	"context"
	"go/ast"
	"go/scanner"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/flaghygiene/flaglint/internal/load"
	"github.com/flaghygiene/flaglint/internal/report"
	"github.com/flaghygiene/flaglint/registry"
)

// completion proposes keys where Go code asks for a flag, and fields and values in
// flags.yaml.
func (s *server) completion(ctx context.Context, p positionParams) (any, error) {
	out := completionList{Items: []completionItem{}}
	name := s.docs.name(p.TextDocument.URI)
	v := s.viewFor(name)
	if v == nil {
		return out, nil
	}
	snap, err := v.snapshot(ctx)
	if snap == nil || err != nil {
		return out, err
	}
	doc := s.docs.get(name)
	if doc == nil {
		return out, nil
	}
	offset := doc.text.offset(p.Position, s.encoding)
	switch {
	case isGoFile(name):
		if a := argumentAt(doc.text.data, offset); a != nil {
			if t, ok := snap.takesKey(name, a); ok {
				out.Items = s.keyItems(snap, doc.text, a, t)
			}
		}
	case slices.Contains(snap.settings.Files, name) && name != snap.settings.ConfigFile:
		out.Items = s.rowItems(snap, name, doc.text, offset)
	}
	return out, nil
}

// argument is an argument of a call that a byte of Go text is in.
type argument struct {
	callee string // the last part of the function's name
	at     int    // the byte where it begins
	index  int
	// start and end are the bytes of the string literal, or of the place for one.
	start, end int
	quoted     bool
}

// argumentAt finds the argument by tokens alone, since code that is being written
// seldom parses. It is nil in no call, and in arguments that are more than a string.
func argumentAt(src []byte, offset int) *argument {
	fset := token.NewFileSet()
	file := fset.AddFile("", -1, len(src))
	var sc scanner.Scanner
	sc.Init(file, src, func(token.Position, string) {}, 0)
	type frame struct {
		open   token.Token
		callee string
		at     int
		index  int
		empty  bool // nothing stands in the argument yet
	}
	var stack []frame
	last, lastAt := "", 0 // the identifier just before, unless a function is declared there
	before := token.ILLEGAL
	for {
		pos, tok, lit := sc.Scan()
		at := len(src)
		if tok != token.EOF {
			at = file.Offset(pos)
		}
		inString := tok == token.STRING && at < offset && offset <= at+len(lit)
		closed := inString && len(lit) > 1 && lit[len(lit)-1] == lit[0]
		if inString && offset == at+len(lit) && closed {
			return nil // behind the closing quote
		}
		if at >= offset || inString || tok == token.EOF {
			if len(stack) == 0 {
				return nil
			}
			top := stack[len(stack)-1]
			if top.open != token.LPAREN || top.callee == "" || !top.empty {
				return nil
			}
			if !inString && offset < len(src) && isWord(src[offset]) {
				return nil // something stands there
			}
			a := &argument{callee: top.callee, at: top.at, index: top.index, start: offset, end: offset}
			if inString {
				a.quoted, a.start, a.end = true, at+1, at+len(lit)
				if closed {
					a.end--
				}
				if !closed { // it ends where its line does: what follows is more code
					a.end = offset
				}
			}
			return a
		}
		switch tok {
		case token.LPAREN, token.LBRACK, token.LBRACE:
			if len(stack) > 0 {
				stack[len(stack)-1].empty = false
			}
			stack = append(stack, frame{open: tok, callee: last, at: lastAt, empty: true})
		case token.RPAREN, token.RBRACK, token.RBRACE:
			if len(stack) > 0 {
				stack = stack[:len(stack)-1]
			}
		case token.COMMA:
			if len(stack) > 0 {
				stack[len(stack)-1].index++
				stack[len(stack)-1].empty = true
			}
		case token.SEMICOLON:
			// A call that is not closed ends with its statement, if that is what the line
			// break means.
			for len(stack) > 0 && stack[len(stack)-1].open != token.LBRACE {
				stack = stack[:len(stack)-1]
			}
		default:
			if len(stack) > 0 {
				stack[len(stack)-1].empty = false
			}
		}
		last = ""
		if tok == token.IDENT && before != token.FUNC && before != token.RPAREN {
			last, lastAt = lit, at
		}
		before = tok
	}
}

// isWord reports whether an expression can begin with a byte.
func isWord(c byte) bool {
	return c == '_' || c == '"' || c == '`' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

// takesKey reports whether an argument is the key of a flag, and the type of the
// flags that the function asks for, unknown where it says nothing.
func (s *snapshot) takesKey(name string, a *argument) (registry.Type, bool) {
	var fn *types.Func
	for _, pkg := range s.packages {
		if slices.Contains(pkg.GoFiles, name) {
			if fn = functionAt(pkg, name, a); fn != nil {
				break
			}
		}
	}
	if fn != nil {
		if m, ok := s.settings.Set.Function(fn); ok {
			return cmp.Or(m.Row.Type, typeOf(fn)), m.Row.Key.Index == a.index && m.Row.Key.Field == ""
		}
		if m, ok := s.settings.Set.Override(fn); ok {
			return registry.TypeUnknown, m.Row.Key.Index == a.index && m.Row.Key.Field == ""
		}
	}
	// A wrapper is known by its calls.
	for _, uses := range s.uses {
		for _, u := range uses {
			call, ok := u.ref.Node.(*ast.CallExpr)
			if !ok || u.argument != a.index || calleeIdent(call.Fun) == nil || calleeIdent(call.Fun).Name != a.callee {
				continue
			}
			if fn == nil || s.calls(u.file, call, fn) {
				return u.ref.Type, true
			}
		}
	}
	return registry.TypeUnknown, false
}

// typeOf is the type of flag whose value a function returns first, if that tells.
func typeOf(fn *types.Func) registry.Type {
	if results := fn.Signature().Results(); results.Len() > 0 {
		if b, ok := results.At(0).Type().Underlying().(*types.Basic); ok {
			switch {
			case b.Info()&types.IsBoolean != 0:
				return registry.TypeBool
			case b.Info()&types.IsString != 0:
				return registry.TypeString
			}
		}
	}
	return registry.TypeUnknown
}

// calls reports whether a call in a file is one of the function. Its package may
// have been typed again since, so that functions are told apart by their names.
func (s *snapshot) calls(file string, call *ast.CallExpr, fn *types.Func) bool {
	id := calleeIdent(call.Fun)
	for _, pkg := range s.packages {
		if slices.Contains(pkg.GoFiles, file) {
			if called, ok := pkg.TypesInfo.Uses[id].(*types.Func); ok {
				return called.Origin().FullName() == fn.Origin().FullName()
			}
		}
	}
	return false
}

// calleeIdent is the identifier that names the function of a call, nil if none does.
func calleeIdent(fun ast.Expr) *ast.Ident {
	switch fun := ast.Unparen(fun).(type) {
	case *ast.Ident:
		return fun
	case *ast.SelectorExpr:
		return fun.Sel
	case *ast.IndexExpr:
		return calleeIdent(fun.X)
	case *ast.IndexListExpr:
		return calleeIdent(fun.X)
	}
	return nil
}

// functionAt returns the function that an identifier means, as far as a package
// could be typed.
func functionAt(pkg *load.Package, name string, a *argument) *types.Func {
	for _, f := range pkg.Syntax {
		file := pkg.Fset.File(f.FileStart)
		if file == nil || file.Name() != name || a.at >= file.Size() {
			continue
		}
		pos := file.Pos(a.at)
		var found *types.Func
		ast.Inspect(f, func(n ast.Node) bool {
			if n == nil || found != nil {
				return false
			}
			if id, ok := n.(*ast.Ident); ok && id.Pos() == pos && id.Name == a.callee {
				found, _ = pkg.TypesInfo.Uses[id].(*types.Func)
			}
			return true
		})
		return found
	}
	return nil
}

// keyItems are the keys of the registry, or where there is none, those that code
// uses; those of the type that is asked for come first.
func (s *server) keyItems(snap *snapshot, t *text, a *argument, want registry.Type) []completionItem {
	var out []completionItem
	for _, key := range sorted(snap.flags) {
		f := snap.flags[key]
		if f.Row == nil && snap.settings.Registry != nil {
			continue
		}
		item := keyItem(snap, f, want)
		text := key
		if !a.quoted {
			text = `"` + key + `"`
		}
		item.FilterText = text
		item.TextEdit = &textEdit{t.span(a.start, a.end, s.encoding), text}
		out = append(out, item)
	}
	return out
}

func keyItem(snap *snapshot, f report.Flag, want registry.Type) completionItem {
	item := completionItem{Label: f.Key, Kind: completionConstant, Documentation: &markup{"markdown", describe(snap, f.Key)}}
	var detail []string
	order := "1"
	if f.Type != registry.TypeUnknown {
		detail = append(detail, string(f.Type))
		if want != registry.TypeUnknown && want != f.Type {
			order = "2"
		}
	}
	if f.Row != nil {
		if f.Row.State != registry.StateUnknown {
			detail = append(detail, string(f.Row.State))
		}
		if f.Row.Owner != "" {
			detail = append(detail, f.Row.Owner)
		}
		if f.Row.IsRetired() {
			item.Tags, order = []int{1}, "3" // deprecated
		}
	}
	item.Detail = strings.Join(detail, ", ")
	item.SortText = order + cmp.Or(f.Key, "")
	return item
}
