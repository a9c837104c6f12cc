package lsp

import (
	"cmp"
	"fmt"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/internal/live"
	"github.com/flaghygiene/flaglint/internal/report"
)

// source is what diagnostics say that they come from.
const source = "flaglint"

// publisher tells the client the diagnostics of each file: those of all views, since
// two may read one registry.
type publisher struct {
	server *server

	mu    sync.Mutex
	views map[*view]map[string][]diagnostic // by file
	sent  map[string]publishParams          // by file
}

func newPublisher(s *server) *publisher {
	return &publisher{server: s, views: map[*view]map[string][]diagnostic{}, sent: map[string]publishParams{}}
}

// publish takes what a view finds now, by file. Docs are the documents that it was
// found in.
func (p *publisher) publish(v *view, found map[string][]diagnostic, docs map[string]*document) {
	own := map[string]bool{}
	for name := range docs {
		own[name] = within(v.dir, name) && p.server.owns(v, name)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if v.ctx.Err() != nil {
		return
	}
	before := p.views[v]
	p.views[v] = found
	names := map[string]bool{}
	for name := range before {
		names[name] = true
	}
	for name := range found {
		names[name] = true
	}
	for name, do := range own {
		if do {
			names[name] = true
		}
	}
	for name := range names {
		p.send(name, docs[name])
	}
}

// drop takes back what a view found.
func (p *publisher) drop(v *view) {
	p.mu.Lock()
	defer p.mu.Unlock()
	found := p.views[v]
	delete(p.views, v)
	for name := range found {
		p.send(name, p.server.docs.get(name))
	}
}

// send tells the client about a file, if it was told otherwise before, or of
// another version of the document.
func (p *publisher) send(name string, doc *document) {
	all := []diagnostic{}
	for _, found := range p.views {
		for _, d := range found[name] {
			if !slices.ContainsFunc(all, func(have diagnostic) bool { return reflect.DeepEqual(have, d) }) {
				all = append(all, d)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b diagnostic) int {
		return cmp.Or(cmp.Compare(a.Range.Start.Line, b.Range.Start.Line), cmp.Compare(a.Range.Start.Character, b.Range.Start.Character))
	})
	params := publishParams{URI: p.server.uri(name), Diagnostics: all}
	if doc != nil {
		version := doc.version
		params.Version = &version
	}
	last, told := p.sent[name]
	if !told && len(all) == 0 && doc == nil || told && reflect.DeepEqual(last, params) {
		return
	}
	p.sent[name] = params
	_ = p.server.conn.Notify(p.server.ctx, "textDocument/publishDiagnostics", params)
}

// uri returns the URI of a file as the client writes it.
func (s *server) uri(name string) string {
	if doc := s.docs.get(name); doc != nil {
		return doc.uri
	}
	s.mu.Lock()
	folders := slices.Clone(s.folders)
	s.mu.Unlock()
	for _, f := range folders {
		if f.dir != f.name && within(f.dir, name) {
			if rel, err := filepath.Rel(f.dir, name); err == nil {
				return fileURI(filepath.Join(f.name, rel))
			}
		}
	}
	return fileURI(name)
}

// publish tells what is found and what is wrong with the settings, and takes the
// snapshot that requests answer from. What cannot be told anew stays as it was.
func (w *worker) publish(docs map[string]*document) {
	if w.prog != nil && !w.rejudge && !w.refused {
		findings, _, err := live.DropHidden(w.prog.Findings(), w.unloaded, w.content(docs))
		if err != nil {
			w.server.logf(messageError, "%s", err)
			return
		}
		snap := w.capture(w.old.without(findings))
		found := map[string][]diagnostic{}
		for name, list := range snap.findings {
			if !w.server.owns(w.view, name) {
				continue
			}
			for _, f := range list {
				found[name] = append(found[name], w.server.diagnostic(snap, f))
			}
		}
		for name := range w.held(docs) {
			if found[name] = w.found[name]; found[name] == nil {
				delete(found, name)
			}
		}
		w.found = found
		w.settle(snap, 0)
	}
	all := maps.Clone(w.found)
	if all == nil {
		all = map[string][]diagnostic{}
	}
	for _, wrong := range []map[string][]diagnostic{w.old.wrong, w.wrong} {
		for name, list := range wrong {
			all[name] = append(slices.Clone(list), all[name]...)
		}
	}
	w.server.diag.publish(w.view, all, docs)
}

// typing reports whether a document that is not saved keeps its package from
// type-checking: the user is in the middle of something.
func (w *worker) typing(docs map[string]*document) bool {
	return slices.ContainsFunc(w.prog.Broken(), func(name string) bool { return docs[name] != nil && unsaved(docs[name]) })
}

// held are the files whose diagnostics stay as they are while the user is in the
// middle of something: those of the packages that do not type-check, and since what
// is unused is not known then, the registries.
func (w *worker) held(docs map[string]*document) map[string]bool {
	out := map[string]bool{}
	if !w.typing(docs) {
		return out
	}
	for _, name := range w.prog.Broken() {
		out[name] = true
	}
	for name := range w.texts {
		out[name] = true
	}
	return out
}

// unloaded lists the Go files that the program does not hold, once each load.
func (w *worker) unloaded() ([]string, error) {
	if w.hidden.names == nil {
		names, err := w.prog.Loaded().Unloaded()
		if err != nil {
			return nil, err
		}
		w.hidden.names = append([]string{}, names...)
	}
	// A file may have gone since.
	return slices.DeleteFunc(slices.Clone(w.hidden.names), func(name string) bool { return !isFile(name) }), nil
}

// content reads files, documents first.
func (w *worker) content(docs map[string]*document) func(string) ([]byte, error) {
	return func(name string) ([]byte, error) {
		if doc := docs[name]; doc != nil {
			return doc.text.data, nil
		}
		return os.ReadFile(name)
	}
}

// diagnostic renders a finding.
func (s *server) diagnostic(snap *snapshot, f analyzer.Finding) diagnostic {
	name := snap.paths.Abs(f.Pos.Filename)
	d := diagnostic{
		Range: s.place(snap, f.Pos, f.End), Code: f.Rule, Source: source, Message: f.Message,
		Severity: map[analyzer.Severity]int{
			analyzer.SeverityError: severityError, analyzer.SeverityWarning: severityWarning, analyzer.SeverityInfo: severityInformation,
		}[f.Severity],
	}
	if r := analyzer.Lookup(f.Rule); r != nil {
		d.CodeDescription = &codeDescription{r.URL()}
	}
	if !s.client.Capabilities.TextDocument.PublishDiagnostics.RelatedInformation {
		return d
	}
	if f.Row.File != "" {
		at := token.Position{Filename: f.Row.File, Line: f.Row.Line, Column: f.Row.Column}
		if snap.paths.Abs(f.Row.File) != name || f.Row.Line != f.Pos.Line {
			d.RelatedInformation = append(d.RelatedInformation, diagnosticPlace{s.location(snap, at, at), fmt.Sprintf("the registry's row of %q", f.Flag)})
		}
	}
	for _, r := range f.Related {
		d.RelatedInformation = append(d.RelatedInformation, diagnosticPlace{s.location(snap, r.Pos, r.Pos), r.Message})
	}
	return d
}

// location is where something is; from and to may be the same, and then it reaches
// to the end of the word.
func (s *server) location(snap *snapshot, from, to token.Position) location {
	return location{s.uri(snap.paths.Abs(from.Filename)), s.place(snap, from, to)}
}

func (s *server) place(snap *snapshot, from, to token.Position) span {
	t := snap.texts.get(snap.paths.Abs(from.Filename))
	if from != to {
		return t.between(from, to, s.encoding)
	}
	start := t.at(from.Line, from.Column)
	return t.span(start, wordEnd(t, start), s.encoding)
}

// wordEnd is where the key or value that begins at a byte ends: before a colon, a
// comma, a bracket or a space, or behind its closing quote.
func wordEnd(t *text, start int) int {
	line := t.line(t.position(start, utf8Encoding).Line)
	at := t.position(start, utf8Encoding).Character
	rest := line[at:]
	if len(rest) > 0 && (rest[0] == '"' || rest[0] == '\'') {
		if i := slices.Index(rest[1:], rest[0]); i >= 0 {
			return start + i + 2
		}
	}
	for i := range rest {
		c := rest[i]
		if c == ' ' || c == '\t' || c == ',' || c == ']' || c == '}' || c == '(' || c == ':' && (i+1 == len(rest) || rest[i+1] == ' ') {
			return start + max(i, 1)
		}
	}
	return start + len(rest)
}

// told matches the form of errors: FILE:LINE:COL: message, where line and column may
// be missing.
var told = regexp.MustCompile(`^(.+?):(?:(\d+):)?(?:(\d+):)? (.*)$`)

// problems renders what is wrong with the settings, a line for each error. What
// names no file is told at the configuration, or at the first line of a registry.
func (w *worker) problems(err error) map[string][]diagnostic {
	paths := report.Paths{Dir: w.dir}
	out := map[string][]diagnostic{}
	for line := range strings.Lines(err.Error()) {
		line = strings.TrimSpace(line)
		name, message := "", line
		at := 1
		column := 1
		if m := told.FindStringSubmatch(line); m != nil && isFile(paths.Abs(m[1])) {
			name, message = realName(paths.Abs(m[1])), m[4]
			at, _ = strconv.Atoi(cmp.Or(m[2], "1"))
			column, _ = strconv.Atoi(cmp.Or(m[3], "1"))
		}
		if name == "" {
			for _, n := range w.view.settingFiles() {
				if isFile(n) {
					name = n
					break
				}
			}
		}
		if name == "" {
			w.complain(line)
			continue
		}
		t := newText(w.texts[name])
		start := t.at(at, column)
		out[name] = append(out[name], diagnostic{
			Range: t.span(start, wordEnd(t, start), w.server.encoding), Severity: severityError, Source: source, Message: message,
		})
	}
	return out
}

func (v *view) settingFiles() []string {
	v.mu.Lock()
	defer v.mu.Unlock()
	return slices.Clone(v.settings)
}
