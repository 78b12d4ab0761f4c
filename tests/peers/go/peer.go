// A lifter on mautrix-go with goolm (Olm and Megolm in Go, no libolm), in its strictest mode: room keys only to devices that their
// owners' identities have signed. One JSON object a line, as ../peer.py describes it.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/rs/zerolog"
	"maunium.net/go/mautrix"
	"maunium.net/go/mautrix/crypto/cryptohelper"
	"maunium.net/go/mautrix/crypto/verificationhelper"
	"maunium.net/go/mautrix/event"
	"maunium.net/go/mautrix/id"
)

type object = map[string]any

var output sync.Mutex

func say(what object) {
	output.Lock()
	defer output.Unlock()
	_ = json.NewEncoder(os.Stdout).Encode(what)
}

// What is kept beside the keys.
type session struct {
	URL    string      `json:"url"`
	User   id.UserID   `json:"user"`
	Device id.DeviceID `json:"device"`
	Token  string      `json:"token"`
}

type peer struct {
	client       *mautrix.Client
	helper       *cryptohelper.CryptoHelper
	verification *verificationhelper.VerificationHelper
	transaction  id.VerificationTransactionID
}

// A syncer that tries again soon.
type eager struct{ *mautrix.DefaultSyncer }

func (eager) OnFailedSync(*mautrix.RespSync, error) (time.Duration, error) { return time.Second, nil }

// ---- what it sees

func (p *peer) show(ctx context.Context, evt *event.Event, failure error) {
	what := object{"room": evt.RoomID, "id": evt.ID, "at": evt.Timestamp, "sender": evt.Sender, "type": evt.Type.Type,
		"content": evt.Content.Raw, "relation": nil, "encrypted": evt.Mautrix.WasEncrypted || failure != nil, "failure": nil, "shield": nil}
	if failure != nil {
		what["failure"] = failure.Error()
	} else if evt.Mautrix.WasEncrypted {
		colour := "red"
		if evt.Mautrix.TrustState >= id.TrustStateCrossSignedTOFU {
			colour = "none"
		}
		what["shield"] = object{"colour": colour, "reason": evt.Mautrix.TrustState.String()}
	}
	say(object{"event": what})
}

func (p *peer) seen(ctx context.Context, evt *event.Event) {
	if evt.Mautrix.EventSource&event.SourceTimeline == 0 {
		return
	}
	if evt.Type != event.EventEncrypted {
		p.show(ctx, evt, nil)
		return
	}
	// The helper waits for a key that isn't there; a person would see that.
	content := evt.Content.AsEncrypted()
	if found, _ := p.helper.Machine().CryptoStore.GetGroupSession(ctx, evt.RoomID, content.SessionID); found == nil {
		p.show(ctx, evt, errors.New("the key is not there"))
	}
}

func (p *peer) VerificationRequested(context.Context, id.VerificationTransactionID, id.UserID, id.DeviceID) {
}
func (p *peer) VerificationReady(ctx context.Context, txn id.VerificationTransactionID, _ id.DeviceID, _, _ bool, _ *verificationhelper.QRCode) {
	go func() {
		if err := p.verification.StartSAS(ctx, txn); err != nil {
			say(object{"verification": "cancelled", "code": err.Error()})
		}
	}()
}
func (p *peer) VerificationCancelled(_ context.Context, _ id.VerificationTransactionID, code event.VerificationCancelCode, reason string) {
	say(object{"verification": "cancelled", "code": code, "reason": reason})
}
func (p *peer) VerificationDone(context.Context, id.VerificationTransactionID, event.VerificationMethod) {
	say(object{"verification": "done"})
}
func (p *peer) ShowSAS(_ context.Context, txn id.VerificationTransactionID, _ []rune, names []string, _ []int) {
	p.transaction = txn
	say(object{"verification": "sas", "names": names})
}

// ---- what it is told

type order struct {
	N           int             `json:"n"`
	Command     string          `json:"command"`
	URL         string          `json:"url"`
	User        id.UserID       `json:"user"`
	Password    string          `json:"password"`
	Name        string          `json:"name"`
	Store       string          `json:"store"`
	Signed      bool            `json:"signed"`
	RecoveryKey string          `json:"recovery_key"`
	Room        id.RoomID       `json:"room"`
	Type        string          `json:"type"`
	Content     json.RawMessage `json:"content"`
	Device      id.DeviceID     `json:"device"`
	Least       int             `json:"least"`
}

func (p *peer) start(ctx context.Context, s session, store string) (err error) {
	if p.client, err = mautrix.NewClient(s.URL, s.User, s.Token); err != nil {
		return err
	}
	p.client.DeviceID = s.Device
	p.client.Log = zerolog.New(os.Stderr).Level(zerolog.WarnLevel)
	p.client.DefaultHTTPRetries = 4
	syncer := eager{mautrix.NewDefaultSyncer()}
	p.client.Syncer = syncer
	if p.helper, err = cryptohelper.NewCryptoHelper(p.client, []byte("pickle"), filepath.Join(store, "keys.db")); err != nil {
		return err
	}
	if err = p.helper.Init(ctx); err != nil {
		return err
	}
	p.helper.DecryptErrorCallback = func(evt *event.Event, err error) { p.show(ctx, evt, err) }
	p.helper.Machine().SendKeysMinTrust = id.TrustStateCrossSignedTOFU
	p.client.Crypto = p.helper
	syncer.OnEvent(p.seen)
	p.verification = verificationhelper.NewVerificationHelper(p.client, p.helper.Machine(), nil, p, false, false, true)
	if err = p.verification.Init(ctx); err != nil {
		return err
	}
	first, synced := sync.Once{}, make(chan struct{})
	syncer.OnSync(func(context.Context, *mautrix.RespSync, string) bool {
		first.Do(func() { close(synced) })
		return true
	})
	go func() { _ = p.client.SyncWithContext(ctx) }()
	select {
	case <-synced:
		return nil
	case <-time.After(30 * time.Second):
		return errors.New("no sync")
	}
}

func (p *peer) login(ctx context.Context, o order) (object, error) {
	client, err := mautrix.NewClient(o.URL, "", "")
	if err != nil {
		return nil, err
	}
	answer, err := client.Login(ctx, &mautrix.ReqLogin{
		Type: mautrix.AuthTypePassword, Password: o.Password, InitialDeviceDisplayName: o.Name,
		Identifier: mautrix.UserIdentifier{Type: mautrix.IdentifierTypeUser, User: o.User.String()}})
	if err != nil {
		return nil, err
	}
	s := session{o.URL, o.User, answer.DeviceID, answer.AccessToken}
	kept, err := json.Marshal(s)
	if err == nil {
		err = os.WriteFile(filepath.Join(o.Store, "session"), kept, 0o600)
	}
	if err == nil {
		err = p.start(ctx, s, o.Store)
	}
	if err == nil && o.Signed {
		o.RecoveryKey, err = p.identity(ctx, o.Password, o.RecoveryKey)
	}
	return object{"device": s.Device, "token": s.Token, "recovery_key": o.RecoveryKey}, err
}

// identity makes one, or fetches it by the recovery key; it signs this device.
func (p *peer) identity(ctx context.Context, password, recoveryKey string) (string, error) {
	machine := p.helper.Machine()
	if recoveryKey != "" {
		return recoveryKey, machine.VerifyWithRecoveryKey(ctx, recoveryKey)
	}
	made, _, err := machine.GenerateAndUploadCrossSigningKeysWithPassword(ctx, password, "")
	if err == nil {
		err = machine.SignOwnDevice(ctx, machine.OwnIdentity())
	}
	if err == nil {
		err = machine.SignOwnMasterKey(ctx)
	}
	return made, err
}

func (p *peer) resume(ctx context.Context, o order) (object, error) {
	var s session
	kept, err := os.ReadFile(filepath.Join(o.Store, "session"))
	if err == nil {
		err = json.Unmarshal(kept, &s)
	}
	if err == nil {
		err = p.start(ctx, s, o.Store)
	}
	return object{}, err
}

func (p *peer) send(ctx context.Context, o order) (object, error) {
	var content event.Content
	if err := json.Unmarshal(o.Content, &content); err != nil {
		return nil, err
	}
	answer, err := p.client.SendMessageEvent(ctx, o.Room, event.NewEventType(o.Type), &content)
	if err != nil {
		return nil, err
	}
	return object{"id": answer.EventID}, nil
}

func (p *peer) joined(ctx context.Context, o order) (object, error) {
	members, err := p.client.StateStore.GetAllMembers(ctx, o.Room)
	users := []id.UserID{}
	for user, member := range members {
		if member.Membership == event.MembershipJoin {
			users = append(users, user)
		}
	}
	return object{"users": users}, err
}

func (p *peer) history(ctx context.Context, o order) (object, error) {
	count, from := 0, ""
	for count < o.Least {
		page, err := p.client.Messages(ctx, o.Room, from, "", mautrix.DirectionBackward, nil, 100)
		if err != nil {
			return nil, err
		}
		for _, evt := range page.Chunk {
			if err = evt.Content.ParseRaw(evt.Type); err != nil && evt.Type == event.EventEncrypted {
				return nil, err
			}
			var failure error
			if evt.Type == event.EventEncrypted {
				var opened *event.Event
				if opened, failure = p.helper.Decrypt(ctx, evt); failure == nil {
					evt = opened
				}
			}
			p.show(ctx, evt, failure)
		}
		count, from = count+len(page.Chunk), page.End
		if from == "" {
			break
		}
	}
	return object{"events": count}, nil
}

func (p *peer) verify(ctx context.Context, o order) (_ object, err error) {
	if o.Room != "" {
		_, err = p.verification.StartInRoomVerification(ctx, o.Room, o.User)
	} else {
		_, err = p.verification.StartVerification(ctx, o.User)
	}
	return object{}, err
}

func (p *peer) trust(ctx context.Context, o order) (object, error) {
	machine := p.helper.Machine()
	trusted, err := machine.IsUserTrusted(ctx, o.User)
	if err != nil {
		return nil, err
	}
	device, err := machine.GetOrFetchDevice(ctx, o.User, o.Device)
	if err != nil {
		return nil, err
	}
	return object{"user": trusted, "device": machine.ResolveTrust(device) >= id.TrustStateCrossSignedTOFU}, nil
}

func (p *peer) obey(ctx context.Context, o order) (object, error) {
	switch o.Command {
	case "login":
		return p.login(ctx, o)
	case "resume":
		return p.resume(ctx, o)
	case "logout":
		_, err := p.client.Logout(ctx)
		p.client.StopSync()
		return object{}, err
	case "send":
		return p.send(ctx, o)
	case "joined":
		return p.joined(ctx, o)
	case "history":
		return p.history(ctx, o)
	case "verify":
		return p.verify(ctx, o)
	case "confirm":
		return object{}, p.verification.ConfirmSAS(ctx, p.transaction)
	case "trust":
		return p.trust(ctx, o)
	}
	return nil, fmt.Errorf("no such command: %s", o.Command)
}

func main() {
	input := bufio.NewScanner(os.Stdin)
	input.Buffer(nil, 1<<24)
	var p peer
	for input.Scan() {
		var o order
		if err := json.Unmarshal(input.Bytes(), &o); err != nil {
			panic(err)
		}
		go func() {
			answer, err := p.obey(context.Background(), o)
			if err != nil {
				answer = object{"error": err.Error()}
			}
			answer["n"] = o.N
			say(answer)
		}()
	}
}
