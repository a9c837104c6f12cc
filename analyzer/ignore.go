package analyzer

import (
	"go/ast"
	"go/token"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// ignorePrefix starts a comment that suppresses findings:
//
//	//flaglint:ignore RULE[,RULE…] reason
//
// It stands on the line of what is found, or above it. It covers the whole of a
// simple statement, declaration or element that starts on that line, and of a
// block statement the part before its block.
const ignorePrefix = "//flaglint:ignore"

// ignore is one such comment.
type ignore struct {
	rules    []string
	reason   string
	comment  *ast.Comment // nil where a cache gave it
	file     string
	pos, end token.Position
	trailing bool // code precedes it on its line
	from, to int  // lines that it covers
	// deleteFrom and deleteTo are what deleteComment deletes.
	deleteFrom, deleteTo token.Position
}

// ignoreSet holds the ignores of a package.
type ignoreSet struct{ list []*ignore }

// covering returns the ignore that suppresses findings of a rule at a position,
// or nil. An ignore without a reason suppresses nothing.
func (s *ignoreSet) covering(rule string, pos token.Position) *ignore {
	for _, ig := range s.list {
		if ig.reason != "" && ig.file == pos.Filename && ig.from <= pos.Line && pos.Line <= ig.to && slices.Contains(ig.rules, rule) {
			return ig
		}
	}
	return nil
}

// newIgnores returns the analyzer whose result is the *ignoreSet of a package.
func newIgnores() *analysis.Analyzer {
	return &analysis.Analyzer{
		Name:       "flaglintignores",
		Doc:        "gather the comments that suppress findings\n\nA helper of the rules: it has a result, and reports nothing.",
		ResultType: reflect.TypeFor[*ignoreSet](),
		Run: func(ap *analysis.Pass) (any, error) {
			set := &ignoreSet{}
			for _, f := range ap.Files {
				set.addFile(ap.Fset, f)
			}
			return set, nil
		},
	}
}

func (s *ignoreSet) addFile(fset *token.FileSet, f *ast.File) {
	var found []*ignore
	for _, group := range f.Comments {
		for _, c := range group.List {
			rest, ok := strings.CutPrefix(c.Text, ignorePrefix)
			if !ok || rest != "" && rest[0] != ' ' && rest[0] != '\t' {
				continue
			}
			names, reason, _ := strings.Cut(strings.TrimSpace(rest), " ")
			ig := &ignore{comment: c, reason: strings.TrimSpace(reason), file: fset.Position(c.Pos()).Filename}
			if names != "" {
				ig.rules = strings.Split(names, ",")
			}
			// A comment on a line of its own speaks of what follows its group.
			ig.from = fset.Position(group.End()).Line + 1
			ig.to = fset.Position(c.Pos()).Line // until code on that line is seen
			found = append(found, ig)
		}
	}
	if len(found) == 0 {
		return
	}
	lines := codeLines(fset, f)
	for _, ig := range found {
		own := ig.to
		if _, ig.trailing = lines[own]; ig.trailing {
			ig.from = own
		}
		ig.to = max(ig.from, lines[ig.from])
		ig.pos, ig.end = fset.Position(ig.comment.Pos()), fset.Position(ig.comment.End())
		edit := deleteComment(fset, ig).edits[0]
		ig.deleteFrom, ig.deleteTo = fset.Position(edit.Pos), fset.Position(edit.End)
	}
	s.list = append(s.list, found...)
}

// codeLines maps each line on which something of the syntax starts or ends to
// the last line that an ignore there covers.
func codeLines(fset *token.FileSet, f *ast.File) map[int]int {
	lines := map[int]int{}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n.(type) {
		case nil, *ast.File:
			return true
		case *ast.Comment, *ast.CommentGroup:
			return false
		}
		start, end := fset.Position(n.Pos()).Line, fset.Position(n.End()).Line
		lines[start] = max(lines[start], start, fset.Position(extent(n)).Line)
		lines[end] = max(lines[end], end)
		return true
	})
	return lines
}

// extent is where an ignore on the first line of a node stops to cover it.
func extent(n ast.Node) token.Pos {
	switch n := n.(type) {
	case *ast.IfStmt:
		return n.Body.Lbrace
	case *ast.ForStmt:
		return n.Body.Lbrace
	case *ast.RangeStmt:
		return n.Body.Lbrace
	case *ast.SwitchStmt:
		return n.Body.Lbrace
	case *ast.TypeSwitchStmt:
		return n.Body.Lbrace
	case *ast.CaseClause:
		return n.Colon
	case *ast.ExprStmt, *ast.AssignStmt, *ast.ReturnStmt, *ast.SendStmt, *ast.IncDecStmt,
		*ast.DeferStmt, *ast.GoStmt, *ast.ValueSpec, *ast.KeyValueExpr, *ast.Field:
		if lit := firstBlock(n); lit.IsValid() {
			return lit
		}
		return n.End()
	}
	return n.Pos()
}

// firstBlock is where the first function literal in a node opens its body.
func firstBlock(n ast.Node) token.Pos {
	pos := token.NoPos
	ast.Inspect(n, func(n ast.Node) bool {
		if lit, ok := n.(*ast.FuncLit); ok && !pos.IsValid() {
			pos = lit.Body.Lbrace
		}
		return !pos.IsValid()
	})
	return pos
}
