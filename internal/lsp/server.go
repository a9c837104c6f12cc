package lsp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"runtime/debug"
	"sync"

	"github.com/sourcegraph/jsonrpc2"

	"github.com/flaghygiene/flaglint/internal/load"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/removal"
)

// Options are what the server works with beside what the client says.
type Options struct {
	Version string
	Env     []string // of the go command
	Tests   bool     // also test files
	Configs []load.BuildConfig
	// Config and Registries take the place of the nearest configuration and of the
	// registries that it names, relative to the directory of each view; empty: they
	// do not.
	Config     string
	Registries []string
	// Baseline names the file of the findings that are not told, relative to the
	// directory of each view; empty: all are told.
	Baseline string
	// Today says what today is whenever it is asked.
	Today func() registry.Date
	// Plan works out the removal of flags from the program of a directory.
	Plan func(context.Context, PlanRequest) (*removal.Plan, error)
	// Log takes what goes wrong in the connection itself.
	Log io.Writer
}

// PlanRequest asks for the removal of a flag, or of all that are retired.
type PlanRequest struct {
	Dir        string // absolute
	Key, Value string // empty: all flags that are retired and still in the code
	// Overlay holds the content of open documents, by absolute name.
	Overlay map[string][]byte
}

// The codes of errors of the protocol that jsonrpc2 does not name.
const (
	codeNotInitialized   = -32002
	codeRequestCancelled = -32800
)

// server is one connection.
type server struct {
	Options
	conn *jsonrpc2.Conn
	ctx  context.Context // of the connection

	docs *documents
	diag *publisher

	mu          sync.Mutex
	running     map[jsonrpc2.ID]context.CancelFunc // requests
	initialized bool
	down        bool
	exited      bool
	encoding    encoding
	client      initializeParams
	folders     []folder
	views       []*view
	tokens      int // of progress
	// edited is what files that are no open documents were on disk when the client
	// changed them as asked.
	edited map[string][]byte
	work   sync.WaitGroup
}

// folder is a workspace folder.
type folder struct {
	uri  string
	dir  string // links resolved
	name string // as the client writes it
}

// Serve answers a client until it exits or in ends. It returns the exit code of
// the protocol: 0 after shutdown and exit, or else 1.
func Serve(ctx context.Context, in io.ReadCloser, out io.WriteCloser, o Options) int {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	return newServer(ctx, o).serve(in, out, cancel)
}

func newServer(ctx context.Context, o Options) *server {
	s := &server{Options: o, ctx: ctx, docs: newDocuments(), running: map[jsonrpc2.ID]context.CancelFunc{}, encoding: utf16Encoding, edited: map[string][]byte{}}
	s.diag = newPublisher(s)
	return s
}

// serve runs the connection; end ends the context of the server.
func (s *server) serve(in io.ReadCloser, out io.WriteCloser, end context.CancelFunc) int {
	answers := newQueue(out)
	stream := jsonrpc2.NewBufferedStream(pipe{in, answers}, jsonrpc2.VSCodeObjectCodec{})
	ready := make(chan struct{})
	s.conn = jsonrpc2.NewConn(s.ctx, stream, handler{s, ready}, jsonrpc2.SetLogger(log.New(s.Log, "flaglint: ", 0)))
	close(ready)
	<-s.conn.DisconnectNotify()
	end()
	s.work.Wait()
	answers.end()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.down && s.exited {
		return 0
	}
	return 1
}

// pipe is both directions of the connection.
type pipe struct {
	io.ReadCloser
	out io.WriteCloser
}

func (p pipe) Write(b []byte) (int, error) { return p.out.Write(b) }

func (p pipe) Close() error { return errors.Join(p.ReadCloser.Close(), p.out.Close()) }

// handler takes the messages of the client, one after the other.
type handler struct {
	s     *server
	ready chan struct{}
}

// Handle runs notifications at once, so that documents change in their order, and
// requests beside everything else.
func (h handler) Handle(ctx context.Context, _ *jsonrpc2.Conn, req *jsonrpc2.Request) {
	<-h.ready
	s := h.s
	if req.Notif {
		defer s.recover("notification " + req.Method)
		s.notified(req)
		return
	}
	ctx, cancel := context.WithCancel(ctx)
	if req.Method != "shutdown" { // which ends the others
		s.mu.Lock()
		s.running[req.ID] = cancel
		s.mu.Unlock()
	}
	answer := func() {
		result, err := s.answer(ctx, req)
		s.mu.Lock()
		delete(s.running, req.ID)
		s.mu.Unlock()
		if ctx.Err() != nil {
			err = &jsonrpc2.Error{Code: codeRequestCancelled, Message: "cancelled"}
		}
		cancel()
		s.reply(req.ID, result, err)
	}
	if req.Method == "initialize" || req.Method == "shutdown" {
		answer() // what follows depends on it
		return
	}
	s.work.Go(answer)
}

func (s *server) reply(id jsonrpc2.ID, result any, err error) {
	if err == nil {
		_ = s.conn.Reply(s.ctx, id, result) // a connection that is gone is noticed elsewhere
		return
	}
	rpc, ok := errors.AsType[*jsonrpc2.Error](err)
	if !ok {
		rpc = &jsonrpc2.Error{Code: jsonrpc2.CodeInternalError, Message: err.Error()}
	}
	_ = s.conn.ReplyWithError(s.ctx, id, rpc)
}

// recover keeps the server alive where a bug would end it.
func (s *server) recover(what string) {
	if r := recover(); r != nil {
		s.logf(messageError, "%s: %v (this is a bug of flaglint: please report it)\n%s", what, r, debug.Stack())
	}
}

// answer answers a request.
func (s *server) answer(ctx context.Context, req *jsonrpc2.Request) (result any, err error) {
	defer func() {
		if r := recover(); r != nil {
			s.logf(messageError, "%s: %v (this is a bug of flaglint: please report it)\n%s", req.Method, r, debug.Stack())
			err = &jsonrpc2.Error{Code: jsonrpc2.CodeInternalError, Message: fmt.Sprint(r)}
		}
	}()
	s.mu.Lock()
	initialized, down := s.initialized, s.down
	s.mu.Unlock()
	switch {
	case down:
		return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidRequest, Message: "the server was shut down"}
	case req.Method == "initialize" && initialized:
		return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidRequest, Message: "the server is initialized already"}
	case req.Method != "initialize" && !initialized:
		return nil, &jsonrpc2.Error{Code: codeNotInitialized, Message: "the server is not initialized"}
	}
	switch req.Method {
	case "initialize":
		return with(req, s.initialize)
	case "shutdown":
		s.shutdown()
		return nil, nil
	case "textDocument/hover":
		return with(req, func(p positionParams) (any, error) { return s.hover(ctx, p) })
	case "textDocument/definition":
		return with(req, func(p positionParams) (any, error) { return s.definition(ctx, p) })
	case "textDocument/references":
		return with(req, func(p referenceParams) (any, error) { return s.references(ctx, p) })
	case "textDocument/completion":
		return with(req, func(p positionParams) (any, error) { return s.completion(ctx, p) })
	case "textDocument/codeAction":
		return with(req, func(p codeActionParams) (any, error) { return s.codeActions(ctx, p) })
	case "workspace/executeCommand":
		return with(req, func(p executeParams) (any, error) { return s.execute(ctx, p) })
	}
	return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeMethodNotFound, Message: "no such method: " + req.Method}
}

// notified takes a notification.
func (s *server) notified(req *jsonrpc2.Request) {
	s.mu.Lock()
	ignored := (!s.initialized || s.down) && req.Method != "exit"
	s.mu.Unlock()
	if ignored {
		return
	}
	switch req.Method {
	case "initialized":
		s.start()
	case "exit":
		s.mu.Lock()
		s.exited = true
		s.mu.Unlock()
		_ = s.conn.Close()
	case "$/cancelRequest":
		take(s, req, func(p cancelParams) {
			var id jsonrpc2.ID
			if json.Unmarshal(p.ID, &id) != nil {
				return
			}
			s.mu.Lock()
			defer s.mu.Unlock()
			if cancel := s.running[id]; cancel != nil {
				cancel()
			}
		})
	case "textDocument/didOpen":
		take(s, req, func(p didOpenParams) {
			if doc := s.docs.open(p.TextDocument.URI, p.TextDocument.Version, p.TextDocument.Text); doc != nil {
				s.opened(doc.name)
			}
		})
	case "textDocument/didChange":
		take(s, req, func(p didChangeParams) {
			if doc := s.docs.change(p.TextDocument.URI, p.TextDocument.Version, p.ContentChanges, s.encoding); doc != nil {
				s.touch(doc.name, touchedText)
			}
		})
	case "textDocument/didClose":
		take(s, req, func(p documentParams) { s.closed(p.TextDocument.URI) })
	case "textDocument/didSave":
		take(s, req, func(p documentParams) { s.touch(s.docs.name(p.TextDocument.URI), touchedSave) })
	case "workspace/didChangeWatchedFiles":
		take(s, req, s.watched)
	case "workspace/didChangeWorkspaceFolders":
		take(s, req, s.foldersChanged)
	}
}

// with decodes the parameters of a request.
func with[P any](req *jsonrpc2.Request, f func(P) (any, error)) (any, error) {
	var p P
	if err := decode(req, &p); err != nil {
		return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidParams, Message: err.Error()}
	}
	return f(p)
}

// take decodes the parameters of a notification; wrong ones are logged.
func take[P any](s *server, req *jsonrpc2.Request, f func(P)) {
	var p P
	if err := decode(req, &p); err != nil {
		s.logf(messageWarning, "%s: %v", req.Method, err)
		return
	}
	f(p)
}

func decode(req *jsonrpc2.Request, to any) error {
	if req.Params == nil {
		return nil
	}
	return json.Unmarshal(*req.Params, to)
}

// logf tells the client's log.
func (s *server) logf(t messageType, format string, args ...any) {
	_ = s.conn.Notify(s.ctx, "window/logMessage", messageParams{t, fmt.Sprintf(format, args...)})
}

// show tells the user.
func (s *server) show(t messageType, format string, args ...any) {
	_ = s.conn.Notify(s.ctx, "window/showMessage", messageParams{t, "flaglint: " + fmt.Sprintf(format, args...)})
}
