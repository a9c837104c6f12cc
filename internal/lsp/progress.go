package lsp

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// answerTime bounds how long the client may take to say that it will show progress.
const answerTime = 2 * time.Second

// progress shows the user that something is going on, until the function that it
// returns is called. Token is the one of a request, nil: the server makes its own,
// if the client can show it.
func (s *server) progress(ctx context.Context, token any, title, message string) (done func()) {
	if token == nil {
		if !s.client.Capabilities.Window.WorkDoneProgress {
			return func() {}
		}
		s.mu.Lock()
		s.tokens++
		token = fmt.Sprintf("flaglint-%d", s.tokens)
		s.mu.Unlock()
		ctx, cancel := context.WithTimeout(ctx, answerTime)
		defer cancel()
		if s.conn.Call(ctx, "window/workDoneProgress/create", progressToken{token}, nil) != nil {
			return func() {}
		}
	}
	tell := func(v progressValue) { _ = s.conn.Notify(s.ctx, "$/progress", progressParams{token, v}) }
	tell(progressValue{Kind: "begin", Title: title, Message: message})
	return sync.OnceFunc(func() { tell(progressValue{Kind: "end"}) })
}
