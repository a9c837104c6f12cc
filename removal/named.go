package removal

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"

	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/internal/mention"
)

// commentNotes notes the comments of the result that still name a flag, the first of
// each file: they stand beside code that stays, and only a person can rewrite them. Where
// the flag stays declared, those in files that changed count, the declaration's apart.
func (e *engine) commentNotes(edits []FileEdit) []Residue {
	if e.opts.Local {
		return nil
	}
	after := map[string]FileEdit{}
	for _, ed := range edits {
		after[ed.Name] = ed
	}
	names := e.commentNames()
	var out []Residue
	for _, f := range e.x.files {
		ed, changed := after[f.name]
		if !f.editable() || changed && ed.After == nil || e.opts.KeepDeclaration && (!changed || e.declaresIn(f)) {
			continue
		}
		for _, n := range names {
			text := f.src
			if changed {
				text = ed.After
			}
			if !bytes.Contains(text, []byte(n.name)) {
				continue
			}
			var left map[string]bool
			if changed {
				left = commentsOf(text)
			}
			if at := n.firstIn(f.ast, left); at.IsValid() {
				out = append(out, Residue{Flag: n.key, Pos: e.x.position(at), Reason: "comment", Message: "a comment names " + n.name + ": see whether it, or another one in this file, still holds"})
				break
			}
		}
	}
	return out
}

// declaresIn reports whether a file declares a flag, or the constant that is its key.
func (e *engine) declaresIn(f *file) bool {
	return slices.ContainsFunc(e.refs, func(r *flagref.Reference) bool {
		return r.Kind == flagref.Declaration && e.x.fileAt(r.Node.Pos()) == f || r.KeyObject != nil && e.x.fileAt(idOf(r.KeyObject)) == f
	})
}

// commentName is a word by which comments name a flag.
type commentName struct {
	name, key string
	object    bool // the name of a constant, variable or field, which may stand behind that of its package or struct
	common    bool // also a common word: a comment that means the flag quotes it
	chance    bool // also a word or a type: a comment that means the flag says so
}

// firstIn is where the first comment of a file names the flag; left are the comments
// that stay, nil for all.
func (n *commentName) firstIn(f *ast.File, left map[string]bool) token.Pos {
	for _, g := range f.Comments {
		if n.chance && !flagWords.MatchString(rawText(g)) {
			continue
		}
		for _, c := range g.List {
			if n.in(c.Text) && (left == nil || left[c.Text]) {
				return c.Pos()
			}
		}
	}
	return token.NoPos
}

func (n *commentName) in(text string) bool {
	if n.common {
		return strings.Contains(text, `"`+n.name+`"`) || strings.Contains(text, "`"+n.name+"`")
	}
	if n.object {
		text = strings.ReplaceAll(text, ".", " ")
	}
	return mention.In(text, n.name)
}

// commentNames are the keys of the flags, and the constants, variables and fields that
// stood for them and are gone.
func (e *engine) commentNames() []commentName {
	var out []commentName
	add := func(name, key string, object bool) {
		if !slices.ContainsFunc(out, func(n commentName) bool { return n.name == name }) {
			common := !mention.Distinctive(name)
			out = append(out, commentName{name: name, key: key, object: object, common: common, chance: common || e.isTypeName(name)})
		}
	}
	refused := e.refusedKeys()
	carriers := map[objID]string{}
	for _, r := range e.refs {
		if refused[r.Key] {
			continue // the flag is still there
		}
		add(r.Key, r.Key, false)
		if r.KeyObject != nil {
			carriers[idOf(r.KeyObject)] = r.Key
		}
		if s, ok := e.topDecl(r.Node).(*ast.ValueSpec); ok && r.Kind == flagref.Declaration {
			for _, id := range s.Names {
				carriers[id.Pos()] = r.Key
			}
		}
	}
	for oid, v := range e.objConst {
		if _, ok := e.x.objs[oid].(*types.Var); ok && carriers[oid] == "" && !refused[e.keyOf(v)] {
			carriers[oid] = e.keyOf(v)
		}
	}
	for _, oid := range slices.Sorted(maps.Keys(carriers)) {
		if o := e.x.objs[oid]; o != nil && e.dead[oid] && mention.Distinctive(o.Name()) {
			add(o.Name(), carriers[oid], true)
		}
	}
	return out
}

// commentsOf are the comments of a file.
func commentsOf(src []byte) map[string]bool {
	out := map[string]bool{}
	f, err := parser.ParseFile(token.NewFileSet(), "", src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return out // the verification tells
	}
	for _, g := range f.Comments {
		for _, c := range g.List {
			out[c.Text] = true
		}
	}
	return out
}
