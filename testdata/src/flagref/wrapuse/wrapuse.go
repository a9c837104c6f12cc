package wrapuse

import (
	"context"

	"flagref/wrappers"
)

const mine = "mine" // want `declaration mine`

func use(s *wrappers.Service, ctx context.Context, dyn func() string) {
	wrappers.On(ctx, "on")                              // want `evaluation on default=false exact via=wrappers.go:17$`
	wrappers.Higher(mine)                               // want `evaluation mine default=false exact obj=mine via=wrappers.go:21 via=wrappers.go:17`
	wrappers.Prefixed("x")                              // want `evaluation app.x default=true exact via=wrappers.go:24`
	wrappers.Safe("safe", true)                         // want `evaluation safe default=true exact effects via`
	wrappers.Quiet("quiet", true)                       // want `evaluation quiet default=true exact via`
	wrappers.Computed("computed", true)                 // want `evaluation computed default=false via`
	wrappers.Not("not")                                 // want `evaluation not default=false negated exact via`
	wrappers.Guarded("guarded")                         // want `evaluation guarded default=false fallback via`
	wrappers.Branch("branch")                           // want `evaluation branch default=false exact via`
	wrappers.Named("named")                             // want `evaluation named default=false error=1 exact via`
	wrappers.Recursive("recursive", 3)                  // want `evaluation recursive default=false exact via`
	wrappers.Ping("ping", 3)                            // want `evaluation ping default=false exact via`
	wrappers.Pong("pong", 3)                            // want `evaluation pong default=false exact via`
	wrappers.Predicate()                                // a predicate is evaluated where its key is
	wrappers.Any("a1", "a2")                            // want `evaluation a1 .*multi` `evaluation a2 .*multi`
	wrappers.Do("do", func() {})                        // want `evaluation do default=false effects via`
	s.Enabled(ctx, "method")                            // want `evaluation method default=false exact via`
	s.Ask(wrappers.Request{Flag: "request"})            // want `evaluation request default=false exact via`
	s.AskPtr(&wrappers.Request{Flag: "pointer"})        // want `evaluation pointer default=false exact via`
	wrappers.Generic("generic")                         // want `evaluation generic default=false exact via`
	(&wrappers.Box[int]{}).Get("box")                   // want `evaluation box default=false exact via`
	wrappers.On(ctx, dyn())                             // want `evaluation dynamic: `
	wrappers.New(nil).Enabled(ctx, wrappers.NewUI)      // want `evaluation new-ui default=false exact obj=NewUI via`
	(*wrappers.Service).Enabled(s, ctx, "expr")         // want `evaluation expr default=false exact via`
	check := s.Enabled
	for k := range wrappers.Known {
		s.Enabled(ctx, k) // want `evaluation set-1 .*multi` `evaluation set-2 .*multi`
	}
	check(ctx, "value") // want `evaluation value default=false exact via`
}

type embeds struct{ *wrappers.Service }

func (e embeds) use(ctx context.Context) bool {
	return e.Enabled(ctx, "promoted") // want `evaluation promoted default=false exact via`
}
