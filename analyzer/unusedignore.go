package analyzer

import (
	"go/token"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// unusedIgnore finds ignore comments that suppress nothing, name a rule that does
// not exist, or give no reason. A comment that outlived its finding hides the
// next one; a reason is what lets somebody else delete the comment one day.
//
//	//flaglint:ignore RULE reason
//
// An ignore of a rule that does not run is left alone.
var unusedIgnore = Rule{
	Name:         "unused-ignore",
	Title:        "an ignore comment suppresses nothing or gives no reason",
	Severity:     SeverityWarning,
	WholeProgram: true,
	Fix:          FixAlways,
	uses:         usesOthers,
	check:        checkUnusedIgnore,
	finish:       finishUnusedIgnore,
}

// complaint says what is wrong with an ignore, "" if nothing; used tells that it
// suppressed something, and whole that the whole program was seen: without it
// nothing is known of an ignore of a rule that needs the whole.
func (s *Suite) complaint(ig *ignore, used, whole bool) string {
	if len(ig.rules) == 0 {
		return "the ignore comment names no rule (//flaglint:ignore RULE reason)"
	}
	for _, name := range ig.rules {
		if s.settings[name] == nil {
			return "the ignore comment is of no use: there is no rule " + strconv.Quote(name)
		}
	}
	if ig.reason == "" {
		return "the ignore comment of " + strings.Join(ig.rules, ",") + " gives no reason, and so suppresses nothing"
	}
	if used {
		return ""
	}
	for _, name := range ig.rules {
		rule := s.settings[name].rule
		if !s.runs(rule) || rule.WholeProgram && !whole {
			return ""
		}
	}
	return "nothing of " + strings.Join(ig.rules, ",") + " is found here: the ignore comment can go"
}

func checkUnusedIgnore(p *pass) {
	for _, ig := range p.ignores.list {
		used := slices.ContainsFunc(p.others, func(r *ruleResult) bool { return r.used[ig] })
		if text := p.suite.complaint(ig, used, false); text != "" {
			p.report(found{node: ig.comment, message: text, fix: deleteComment(p.Fset, ig)})
		}
	}
}

func finishUnusedIgnore(p *program) {
	// The same comment is there once in each package that holds its file.
	type place struct {
		file string
		line int
		col  int
	}
	used := map[place]bool{}
	at := func(ig *ignore) place { return place{ig.pos.Filename, ig.pos.Line, ig.pos.Column} }
	for _, pkg := range p.packages {
		for _, ig := range pkg.ignores.list {
			if p.used[ig] {
				used[at(ig)] = true
			}
		}
	}
	seen := map[place]bool{}
	for _, pkg := range p.packages {
		for _, ig := range pkg.ignores.list {
			here := at(ig)
			text := p.suite.complaint(ig, used[here], p.scope.Whole && p.scope.Tests)
			if text == "" || seen[here] {
				continue
			}
			seen[here] = true
			p.report(Finding{
				Message: text, Mend: p.mend(&nodeFix{safety: Safe}), Pos: ig.pos, End: ig.end,
				Fixes: []Fix{{Message: deleteCommentMessage, Safety: Safe, Edits: []Edit{{Start: ig.deleteFrom, End: ig.deleteTo}}}},
			})
		}
	}
}

const deleteCommentMessage = "Delete the ignore comment"

// deleteComment deletes a comment, with its line where it has one to itself.
func deleteComment(fset *token.FileSet, ig *ignore) *nodeFix {
	edit := analysis.TextEdit{Pos: ig.comment.Pos(), End: ig.comment.End()}
	tf := fset.File(edit.Pos)
	if line := tf.Line(edit.Pos); !ig.trailing && line < tf.LineCount() {
		edit.Pos, edit.End = tf.LineStart(line), tf.LineStart(line+1)
	}
	return &nodeFix{message: deleteCommentMessage, safety: Safe, edits: []analysis.TextEdit{edit}}
}
