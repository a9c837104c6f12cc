package lsp

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/sourcegraph/jsonrpc2"

	"github.com/flaghygiene/flaglint/internal/linediff"
	"github.com/flaghygiene/flaglint/internal/report"
	"github.com/flaghygiene/flaglint/removal"
)

// The commands of the server are edits of the client's documents.
const (
	// commandRetire removes a flag from all code, as `flaglint remove` does.
	commandRetire = "flaglint.retire"
	// commandRetireAll removes all flags that are retired and still in the code, as
	// `flaglint fix` does.
	commandRetireAll = "flaglint.retireAll"
)

// retireArguments are the argument of a command.
type retireArguments struct {
	URI   string `json:"uri"`            // of any file of the program
	Flag  string `json:"flag,omitempty"` // of commandRetire
	Value string `json:"value,omitempty"`
}

// all reports whether the command is commandRetireAll.
func (a retireArguments) all() bool { return a.Flag == "" }

// title says what the command does.
func (a retireArguments) title() string {
	if a.all() {
		return "Retire all retired flags"
	}
	return "Retire " + a.Flag
}

// command is what does the same on the command line.
func (a retireArguments) command() string {
	if a.all() {
		return "flaglint fix ./..."
	}
	return "flaglint remove " + a.Flag + "=" + a.Value + " ./..."
}

// retireResult is what commandRetire answers.
type retireResult struct {
	Applied bool            `json:"applied"`
	Files   int             `json:"files"`
	Residue []retireResidue `json:"residue"`
}

// retireResidue is what could not be removed, and why.
type retireResidue struct {
	Location location `json:"location"`
	Reason   string   `json:"reason"`
	Message  string   `json:"message"`
}

// execute runs a command of the server.
func (s *server) execute(ctx context.Context, p executeParams) (any, error) {
	takes, ok := map[string]string{commandRetire: "{uri, flag, value}", commandRetireAll: "{uri}"}[p.Command]
	if !ok {
		return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidParams, Message: "no such command: " + p.Command}
	}
	var a retireArguments
	if len(p.Arguments) != 1 || json.Unmarshal(p.Arguments[0], &a) != nil || a.all() != (p.Command == commandRetireAll) {
		return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidParams, Message: p.Command + " takes " + takes}
	}
	v := s.viewFor(s.docs.name(a.URI))
	if v == nil {
		return nil, fmt.Errorf("%s is in no module that is open", a.URI)
	}
	if !s.client.Capabilities.Workspace.ApplyEdit {
		return nil, fmt.Errorf("the editor applies no edits (run %s)", a.command())
	}
	return s.retire(ctx, v, a, p.WorkDoneToken)
}

func (s *server) retire(ctx context.Context, v *view, a retireArguments, token any) (any, error) {
	done := s.progress(ctx, token, a.title(), "working out the removal")
	defer done()
	overlay := map[string][]byte{}
	for name, doc := range s.docs.all() {
		if isFile(name) && unsaved(doc) {
			overlay[name] = doc.text.data
		}
	}
	plan, err := s.Plan(ctx, PlanRequest{Dir: v.dir, Key: a.Flag, Value: a.Value, Overlay: overlay})
	if err != nil {
		return nil, err
	}
	result := retireResult{Files: len(plan.Files), Residue: []retireResidue{}}
	paths := report.Paths{Dir: v.dir}
	var left []string
	snap := &snapshot{paths: paths, texts: newTexts(overlay)}
	for _, r := range plan.Residue {
		result.Residue = append(result.Residue, retireResidue{s.location(snap, r.Pos, r.Pos), r.Reason, r.Message})
		left = append(left, fmt.Sprintf("%s:%d: %s (%s)", paths.Show(r.Pos.Filename), r.Pos.Line, r.Message, r.Reason))
	}
	what := a.Flag
	if a.all() {
		if len(plan.Targets) == 0 { // the registry, or the code, has changed since
			s.show(messageInfo, "no retired flag is in the code")
			return result, nil
		}
		var keys []string
		for _, t := range plan.Targets {
			keys = append(keys, t.Key)
		}
		what = keysText(keys)
	}
	is := "is"
	if len(plan.Targets) > 1 {
		is = "are"
	}
	if len(plan.Files) == 0 {
		s.show(messageWarning, "nothing of %s can be removed%s", what, residueText(left))
		return result, nil
	}
	edit, err := s.planEdit(plan, paths)
	if err != nil {
		return nil, err
	}
	done()
	var answer applyEditResult
	if err := s.conn.Call(ctx, "workspace/applyEdit", applyEditParams{a.title(), edit}, &answer); err != nil {
		return nil, err
	}
	if !answer.Applied {
		return nil, fmt.Errorf("the editor did not apply the removal of %s: %s", what, cmp.Or(answer.FailureReason, "it gives no reason"))
	}
	result.Applied = true
	s.noteEdited(plan)
	for _, line := range left {
		s.logf(messageInfo, "left of %s: %s", what, line)
	}
	switch {
	case len(left) > 0:
		s.show(messageWarning, "%s %s removed from %d files but for %d places%s", what, is, len(plan.Files), len(left), residueText(left))
	default:
		s.show(messageInfo, "%s %s removed from %d files: look at the changes, save them and run the tests", what, is, len(plan.Files))
	}
	return result, nil
}

// maxToldKeys is how many flags a title or a message names.
const maxToldKeys = 3

func keysText(keys []string) string {
	if more := len(keys) - maxToldKeys; more > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(keys[:maxToldKeys], ", "), more)
	}
	return strings.Join(keys, ", ")
}

// maxToldResidue is how much residue a message names; the log has all.
const maxToldResidue = 3

func residueText(left []string) string {
	if len(left) == 0 {
		return ""
	}
	text := ": " + strings.Join(left[:min(len(left), maxToldResidue)], "; ")
	if more := len(left) - maxToldResidue; more > 0 {
		text += fmt.Sprintf("; and %d more (see the log)", more)
	}
	return text
}

// planEdit renders a plan. It refuses one of files that have changed since, and the
// deletion of files where the client can delete none.
func (s *server) planEdit(plan *removal.Plan, paths report.Paths) (*workspaceEdit, error) {
	edits := map[string][]textEdit{}
	var deleted []string
	ops := s.client.Capabilities.Workspace.WorkspaceEdit
	for _, f := range plan.Files {
		now, err := s.content(f.Name)
		if err != nil {
			return nil, err
		}
		if !bytes.Equal(now, f.Before) {
			return nil, fmt.Errorf("%s has changed meanwhile (try again)", paths.Show(f.Name))
		}
		if s.holds(f.Name, now) {
			return nil, fmt.Errorf("the editor has changed %s, has not saved it, and does not tell what it holds (save all files and try again; if you undid the change, restart the server)", paths.Show(f.Name))
		}
		if f.After == nil {
			if !ops.DocumentChanges || !slices.Contains(ops.ResourceOperations, "delete") {
				return nil, fmt.Errorf("%s is to be deleted, which the editor cannot (save all files and run %s)", paths.Show(f.Name), removeCommand(plan))
			}
			deleted = append(deleted, f.Name)
			continue
		}
		t := newText(f.Before)
		for _, e := range linediff.Edits(f.Before, f.After) {
			edits[f.Name] = append(edits[f.Name], textEdit{t.span(e.Start, e.End, s.encoding), string(e.New)})
		}
	}
	return s.workspaceEdit(edits, deleted), nil
}

// noteEdited remembers the files of a plan that the client has changed without opening
// them as documents of this server: some editors give each kind of file a server of
// its own. What they hold is not known until they are saved.
func (s *server) noteEdited(plan *removal.Plan) {
	for _, f := range plan.Files {
		if f.After == nil || s.docs.get(f.Name) != nil {
			continue
		}
		s.mu.Lock()
		s.edited[f.Name] = f.Before
		s.mu.Unlock()
	}
}

// holds reports whether the client holds another text of a file than it has on disk, which
// it does not tell.
func (s *server) holds(name string, disk []byte) bool {
	open := s.docs.get(name) != nil
	s.mu.Lock()
	defer s.mu.Unlock()
	before, ok := s.edited[name]
	if ok && !open && bytes.Equal(before, disk) {
		return true
	}
	delete(s.edited, name)
	return false
}

func removeCommand(plan *removal.Plan) string {
	text := "flaglint remove"
	for _, t := range plan.Targets {
		text += " " + t.Key + "=" + t.Value.String()
	}
	return text + " ./..."
}

// content is what a document holds, or the file.
func (s *server) content(name string) ([]byte, error) {
	if doc := s.docs.get(name); doc != nil {
		return doc.text.data, nil
	}
	return os.ReadFile(name)
}

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
