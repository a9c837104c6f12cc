package lsp

import (
	"context"
	"path/filepath"
	"slices"
)

// initialize takes what the client is and can, and says what the server can.
func (s *server) initialize(p initializeParams) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.client = p
	s.encoding = chooseEncoding(p.Capabilities.General.PositionEncodings)
	folders := p.WorkspaceFolders
	if len(folders) == 0 && p.RootURI != nil {
		folders = []workspaceFolder{{URI: *p.RootURI}}
	}
	for _, f := range folders {
		s.addFolder(f)
	}
	s.initialized = true
	return map[string]any{
		"capabilities": map[string]any{
			"positionEncoding":   s.encoding,
			"textDocumentSync":   map[string]any{"openClose": true, "change": 2, "save": map[string]any{"includeText": false}},
			"hoverProvider":      true,
			"definitionProvider": true,
			"referencesProvider": true,
			"codeActionProvider": map[string]any{"codeActionKinds": []string{kindQuickFix, kindFixAll, kindRetire, kindRetireAll}},
			"completionProvider": map[string]any{"triggerCharacters": []string{`"`, "`", ":", " "}},
			"executeCommandProvider": map[string]any{
				"commands": []string{commandRetire, commandRetireAll}, "workDoneProgress": true,
			},
			"workspace": map[string]any{"workspaceFolders": map[string]any{"supported": true, "changeNotifications": true}},
		},
		"serverInfo": map[string]any{"name": "flaglint", "version": s.Version},
	}, nil
}

// addFolder is called with the lock held.
func (s *server) addFolder(f workspaceFolder) {
	name := fileName(f.URI)
	if name == "" {
		return
	}
	s.folders = append(s.folders, folder{uri: f.URI, dir: realName(name), name: name})
}

// start loads the folders and asks the client to watch files, once it is ready.
func (s *server) start() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.folders {
		if inModule(f.dir) {
			s.viewOf(f.dir)
		}
	}
	if s.client.Capabilities.Workspace.DidChangeWatchedFiles.DynamicRegistration {
		s.work.Go(s.watch)
	} else {
		s.work.Go(s.poll)
	}
}

// shutdown ends what runs; the client's exit follows.
func (s *server) shutdown() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.down = true
	for _, v := range s.views {
		v.cancel()
	}
	for _, cancel := range s.running {
		cancel()
	}
}

// foldersChanged takes folders that the user added and removed.
func (s *server) foldersChanged(p foldersParams) {
	for _, v := range s.changeFolders(p) {
		s.diag.drop(v)
	}
}

// changeFolders returns the views that no folder wants any more.
func (s *server) changeFolders(p foldersParams) []*view {
	s.mu.Lock()
	defer s.mu.Unlock()
	var gone []*view
	for _, f := range p.Event.Removed {
		name := realName(fileName(f.URI))
		s.folders = slices.DeleteFunc(s.folders, func(have folder) bool { return have.uri == f.URI || have.dir == name })
	}
	for _, f := range p.Event.Added {
		s.addFolder(f)
	}
	s.views = slices.DeleteFunc(s.views, func(v *view) bool {
		wanted := s.wants(v.dir)
		if !wanted {
			v.cancel()
			gone = append(gone, v)
		}
		return !wanted
	})
	for _, f := range s.folders {
		if inModule(f.dir) {
			s.viewOf(f.dir)
		}
	}
	for _, v := range s.views {
		v.touch("", touchedFolders) // files may be another view's now
	}
	return gone
}

// maxIdle is how many views of modules without an open document are kept, for when
// one is opened again.
const maxIdle = 2

// closed takes back a document, and with it the views that were there for modules of
// documents long closed.
func (s *server) closed(uri string) {
	s.touch(s.docs.close(uri), touchedText)
	for _, v := range s.dropIdle() {
		s.diag.drop(v)
	}
}

// dropIdle ends the views that are not kept, and returns them.
func (s *server) dropIdle() []*view {
	s.mu.Lock()
	defer s.mu.Unlock()
	idle := slices.DeleteFunc(slices.Clone(s.views), func(v *view) bool { return s.wants(v.dir) })
	idle = idle[:max(0, len(idle)-maxIdle)]
	for _, v := range idle {
		v.cancel()
	}
	s.views = slices.DeleteFunc(s.views, func(v *view) bool { return slices.Contains(idle, v) })
	return idle
}

// wants reports whether a directory is a folder, or that of the module of an open
// document.
func (s *server) wants(dir string) bool {
	if slices.ContainsFunc(s.folders, func(f folder) bool { return f.dir == dir }) {
		return true
	}
	for name := range s.docs.all() {
		if s.dirFor(name) == dir {
			return true
		}
	}
	return false
}

// viewOf returns the view of a directory, and makes it if there is none. It is
// called with the lock held.
func (s *server) viewOf(dir string) *view {
	for _, v := range s.views {
		if v.dir == dir {
			return v
		}
	}
	ctx, cancel := context.WithCancel(s.ctx)
	v := newView(s, dir, ctx, cancel)
	s.views = append(s.views, v)
	s.work.Go(v.run)
	return v
}

// opened looks for the view of a document, and makes that of its module where no
// folder has it.
func (s *server) opened(name string) {
	if isGoFile(name) || isSetting(name) {
		s.mu.Lock()
		if dir := s.dirFor(name); dir != "" {
			s.viewOf(dir)
		}
		s.mu.Unlock()
	}
	s.touch(name, touchedOpen)
}

// dirFor is the directory whose view a file belongs to: the innermost folder that
// holds it, or the file's own module, where that is inside of the folder. It is
// empty for files in no module, those of other modules in the module cache among
// them. It is called with the lock held.
func (s *server) dirFor(name string) string {
	module := moduleDir(filepath.Dir(name))
	best := ""
	for _, f := range s.folders {
		if within(f.dir, name) && len(f.dir) > len(best) {
			best = f.dir
		}
	}
	switch {
	case best != "" && (module == "" || within(module, best)):
		if !inModule(best) {
			return ""
		}
		return best
	case best == "" && inModuleCache(name):
		return ""
	}
	return module
}

// touch tells the views that something about a file has changed.
func (s *server) touch(name string, how touch) {
	if name == "" {
		return
	}
	s.mu.Lock()
	views := slices.Clone(s.views)
	s.mu.Unlock()
	for _, v := range views {
		v.touch(name, how)
	}
}

// viewFor returns the view that a file belongs to: for a registry or configuration
// one that reads it. It is nil where there is none.
func (s *server) viewFor(name string) *view {
	s.mu.Lock()
	defer s.mu.Unlock()
	dir := s.dirFor(name)
	for _, v := range s.views {
		if v.dir == dir {
			return v
		}
	}
	for _, v := range s.views {
		if v.reads(name) {
			return v
		}
	}
	return nil
}

// owns reports whether findings in a file are a view's to tell: a folder inside of
// another tells those of its own files.
func (s *server) owns(v *view, name string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, other := range s.views {
		if other != v && len(other.dir) > len(v.dir) && within(other.dir, name) {
			return false
		}
	}
	return true
}
