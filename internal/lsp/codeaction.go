package lsp

import (
	"context"
	"slices"
	"strings"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/internal/report"
	"github.com/flaghygiene/flaglint/registry"
)

// The kinds of code action that the server gives.
const (
	kindQuickFix = "quickfix"
	kindFixAll   = "source.fixAll.flaglint"
	kindRetire   = "refactor.rewrite.flaglint"
	// kindRetireAll is no source.fixAll, which editors run on save.
	kindRetireAll = "source.retireAll.flaglint"
)

// codeActions lists what can be done about a range of a document: the fixes of its
// findings, all safe fixes of the document, removing a flag that is named there, and
// removing all that are retired.
func (s *server) codeActions(ctx context.Context, p codeActionParams) (any, error) {
	actions := []codeAction{}
	name := s.docs.name(p.TextDocument.URI)
	v := s.viewFor(name)
	if v == nil || s.client.Capabilities.TextDocument.CodeAction.Literals == nil {
		return actions, nil
	}
	snap, err := v.snapshot(ctx)
	if snap == nil || err != nil {
		return actions, err
	}
	wants := func(kind string) bool {
		return len(p.Context.Only) == 0 || slices.ContainsFunc(p.Context.Only, func(only string) bool {
			return kind == only || strings.HasPrefix(kind, only+".")
		})
	}
	// Findings of another text than the client's would be mended in the wrong places.
	current := s.current(snap, name)
	var all []analyzer.Fix
	for _, f := range snap.findings[name] {
		at := s.place(snap, f.Pos, f.End)
		for _, fix := range f.Fixes {
			if fix.Safety == analyzer.Safe {
				all = append(all, fix)
			}
			if !wants(kindQuickFix) || !current || !touches(at, p.Range) {
				continue
			}
			edit, ok := s.edit(snap, fix.Edits)
			if !ok {
				continue
			}
			title := fix.Message
			if f.Flag != "" {
				title += " (" + f.Flag + ")"
			}
			if fix.Safety != analyzer.Safe {
				title += ", to be looked at"
			}
			actions = append(actions, codeAction{
				Title: title, Kind: kindQuickFix, Diagnostics: []diagnostic{s.diagnostic(snap, f)},
				IsPreferred: fix.Safety == analyzer.Safe, Edit: edit,
			})
		}
	}
	if wants(kindFixAll) && current {
		if edit, ok := s.edit(snap, compatible(all)); ok {
			actions = append(actions, codeAction{Title: "Apply all safe fixes of flaglint in this file", Kind: kindFixAll, Edit: edit})
		}
	}
	actions = append(actions, s.retireActions(snap, name, p.Range, wants)...)
	return append(actions, s.retireAllActions(snap, name, p.Range, wants)...), nil
}

// current reports whether a snapshot is of the text that the client has.
func (s *server) current(snap *snapshot, name string) bool {
	doc := s.docs.get(name)
	return doc == nil || string(doc.text.data) == string(snap.texts.get(name).data)
}

// touches reports whether two ranges have a place in common.
func touches(a, b span) bool { return !before(a.End, b.Start) && !before(b.End, a.Start) }

func before(a, b position) bool {
	return a.Line < b.Line || a.Line == b.Line && a.Character < b.Character
}

// compatible joins the edits of fixes as far as they do not overlap; what is left
// out is found again afterwards.
func compatible(fixes []analyzer.Fix) []analyzer.Edit {
	var taken []analyzer.Edit
	for _, fix := range fixes {
		if !slices.ContainsFunc(fix.Edits, func(e analyzer.Edit) bool {
			return slices.ContainsFunc(taken, func(t analyzer.Edit) bool {
				return t.Start.Filename == e.Start.Filename && t.Start.Offset <= e.End.Offset && e.Start.Offset <= t.End.Offset
			})
		}) {
			taken = append(taken, fix.Edits...)
		}
	}
	return taken
}

// edit renders edits of files as the client takes them. It refuses those of files
// whose document has changed since, and of none.
func (s *server) edit(snap *snapshot, edits []analyzer.Edit) (*workspaceEdit, bool) {
	if len(edits) == 0 {
		return nil, false
	}
	byFile := map[string][]textEdit{}
	for _, e := range analyzer.SortEdits(edits) {
		name := snap.paths.Abs(e.Start.Filename)
		if !s.current(snap, name) {
			return nil, false
		}
		t := snap.texts.get(name)
		byFile[name] = append(byFile[name], textEdit{t.span(e.Start.Offset, e.End.Offset, s.encoding), e.New})
	}
	return s.workspaceEdit(byFile, nil), true
}

// workspaceEdit joins the edits of files, and files to delete, in the form that the
// client knows.
func (s *server) workspaceEdit(byFile map[string][]textEdit, deleted []string) *workspaceEdit {
	out := &workspaceEdit{}
	if !s.client.Capabilities.Workspace.WorkspaceEdit.DocumentChanges {
		out.Changes = map[string][]textEdit{}
		for name, edits := range byFile {
			out.Changes[s.uri(name)] = edits
		}
		return out
	}
	for _, name := range sorted(byFile) {
		doc := versionedDocument{URI: s.uri(name)}
		if open := s.docs.get(name); open != nil {
			version := open.version
			doc.Version = &version
		}
		out.DocumentChanges = append(out.DocumentChanges, documentEdit{doc, byFile[name]})
	}
	for _, name := range deleted {
		out.DocumentChanges = append(out.DocumentChanges, deleteFile{"delete", s.uri(name)})
	}
	return out
}

// retireActions are the removals of the flags that a range of a file names: with
// the value that the registry calls everyone's, or else with each that a flag of
// its type can be known to have.
func (s *server) retireActions(snap *snapshot, name string, at span, wants func(string) bool) []codeAction {
	if !wants(kindRetire) && !wants(kindQuickFix) {
		return nil
	}
	t := s.textOf(snap, name)
	start, end := t.offset(at.Start, s.encoding), t.offset(at.End, s.encoding)
	keys := map[string]bool{}
	if isGoFile(name) {
		if s.current(snap, name) {
			for _, u := range snap.uses[name] {
				if u.key != "" && u.start <= end && start <= u.end {
					keys[u.key] = true
				}
			}
		}
	} else if row := snap.rowAt(name, at.Start.Line+1); row != nil {
		keys[row.Key] = true
	}
	var out []codeAction
	for _, key := range sorted(keys) {
		f := snap.flags[key]
		var due []diagnostic
		for _, finding := range snap.findings[name] {
			if finding.Flag == key && strings.HasPrefix(finding.Mend, "flaglint remove ") && touches(s.place(snap, finding.Pos, finding.End), at) {
				due = append(due, s.diagnostic(snap, finding))
			}
		}
		for _, value := range valuesOf(f) {
			action := codeAction{
				Title: "Retire " + key + " everywhere: it is always " + value,
				Kind:  kindRetire,
				Command: &command{
					Title: "Retire " + key, Command: commandRetire,
					Arguments: []any{retireArguments{URI: s.uri(name), Flag: key, Value: value}},
				},
			}
			if len(due) > 0 { // an editor shows it beside the diagnostic
				action.Kind, action.Diagnostics = kindQuickFix, due
			}
			if wants(action.Kind) {
				out = append(out, action)
			}
		}
	}
	return out
}

// retireAllActions is the removal of all flags that are retired and still in the code.
// Where one of several is told, it stands beside the diagnostic.
func (s *server) retireAllActions(snap *snapshot, name string, at span, wants func(string) bool) []codeAction {
	var keys []string
	for _, key := range sorted(snap.flags) {
		if snap.flags[key].IsLeftover() {
			keys = append(keys, key)
		}
	}
	if len(keys) == 0 {
		return nil
	}
	arguments := retireArguments{URI: s.uri(name)}
	action := codeAction{
		Title: arguments.title() + " everywhere: " + keysText(keys), Kind: kindRetireAll,
		Command: &command{Title: arguments.title(), Command: commandRetireAll, Arguments: []any{arguments}},
	}
	if len(keys) > 1 && s.current(snap, name) {
		for _, f := range snap.findings[name] {
			if f.Rule == "retired-flag" && slices.Contains(keys, f.Flag) && touches(s.place(snap, f.Pos, f.End), at) {
				action.Kind = kindQuickFix
				action.Diagnostics = append(action.Diagnostics, s.diagnostic(snap, f))
			}
		}
	}
	if !wants(action.Kind) {
		return nil
	}
	return []codeAction{action}
}

// valuesOf are the values that a flag can be retired with.
func valuesOf(f report.Flag) []string {
	if f.Row != nil && f.Row.Value != nil {
		return []string{f.Row.Value.String()}
	}
	switch {
	case f.Type == registry.TypeBool || f.Type == registry.TypeUnknown:
		return []string{"true", "false"}
	case f.Row != nil && len(f.Row.Variants) > 0:
		var out []string
		for _, v := range f.Row.Variants {
			out = append(out, v.String())
		}
		return out
	}
	return nil
}
