using System.Security.Cryptography;
using AltSendme.Abstractions;
using AltSendme.Discovery.Mdns.Links;
using AltSendme.Discovery.Mdns.Records;
using AltSendme.Dns;
using Microsoft.Extensions.Logging;

namespace AltSendme.Discovery.Mdns;

/// <summary>
/// One endpoint among its neighbours (RFC 6762): announces it, answers who asks, asks for others and remembers what is said. Its names hold the endpoint's public key, so that nobody else has a claim to
/// them, and they are not probed for (section 8.1). Owns the link. Thread-safe.
/// </summary>
internal sealed class MdnsNode : IAsyncDisposable
{
    /// <summary>Between two announcements on one link, and two questions (RFC 6762, sections 5.2, 6 and 8.3).</summary>
    public static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(1);

    /// <summary>Bounds of the delay of answers and first questions, in milliseconds, so that not everybody speaks at once (sections 5.2 and 6).</summary>
    public const int ShortestDelay = 20, LongestDelay = 120;

    // More known answers follow in other packets (section 7.2).
    private const int ShortestDelayWithMore = 400, LongestDelayWithMore = 500;
    private const int MaxKnownAnswers = 16;
    private const ushort UnicastBit = 0x8000;

    private readonly Lock _gate = new();   // guards everything below; held while sending, which never waits
    private readonly Dictionary<LinkPort, PortState> _ports = [];
    private readonly List<SightingWatch> _watches = [];
    private readonly SightingCache _cache;
    private readonly SourceLimits _limits;
    private readonly ServiceNames _names;
    private readonly EndpointId _self;
    private readonly IMulticastLink _link;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly ITimer _repeat;
    private Advertisement? _advertisement;
    private bool _disposed;

    public MdnsNode(EndpointId self, string service, IMulticastLink link, TimeProvider timeProvider, ILogger logger)
    {
        _self = self;
        _names = new ServiceNames(service);
        _link = link;
        _timeProvider = timeProvider;
        _logger = logger;
        _cache = new SightingCache(timeProvider);
        _limits = new SourceLimits(timeProvider);
        _repeat = timeProvider.CreateTimer(_ => Repeat(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        link.Start(OnPacket, OnAppeared);
    }

    /// <summary>Whether there is any link to speak on.</summary>
    public bool HasLinks => _link.Ports.Count > 0;

    /// <summary>Announces the addresses on every link now and once more after a second, and from now on to whoever asks. None takes back what was announced.</summary>
    public void Announce(IReadOnlyList<EndpointAddress> addresses)
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            var before = _advertisement;
            _advertisement = Advertisement.Make(_names, _self, addresses);
            if (_advertisement is null)
                Withdraw(before);
            else if (before is null || !before.Bytes.Span.SequenceEqual(_advertisement.Bytes.Span))
                AnnounceNow();
        }
    }

    /// <summary>Asks on every link who is there, where that was not asked within the last second.</summary>
    public void Ask()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            var question = ComposeQuestion();
            foreach (var port in _link.Ports)
            {
                var state = StateOf(port);
                if (state.Asked is { } last && _timeProvider.GetElapsedTime(last) < ShortestInterval)
                    continue;
                state.Asked = _timeProvider.GetTimestamp();
                _link.Send(port, question);
            }
        }
    }

    /// <summary>Waits for word of an endpoint; what is known comes first.</summary>
    public SightingWatch Watch(EndpointId id)
    {
        var watch = new SightingWatch(id, End);
        lock (_gate)
        {
            _watches.Add(watch);
            foreach (var (sighting, age) in _cache.Find(id))
                watch.Add(sighting, age);
        }

        return watch;

        void End(SightingWatch ended)
        {
            lock (_gate)
                _watches.Remove(ended);
        }
    }

    /// <summary>Says goodbye and closes the link.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            Withdraw(_advertisement);
            _disposed = true;
            foreach (var state in _ports.Values)
                state.Cancel();
        }

        await _repeat.DisposeAsync();
        await _link.DisposeAsync();
    }

    private void OnPacket(LinkPacket packet)
    {
        lock (_gate)
        {
            // Other opcodes and faults mean nothing here (sections 18.3 and 18.11).
            if (_disposed || !_limits.TryTake(packet.Source.Address) || !DnsMessage.TryRead(packet.Bytes.Span, out var message, out _) || message.Opcode != 0 || message.ResponseCode != DnsResponseCode.NoError)
                return;
            if (!message.IsResponse)
                OnQuestion(packet, message);
            else if (packet.Source.Port == MulticastSocket.Port)
                OnResponse(packet, message);
        }
    }

    private void OnResponse(LinkPacket packet, DnsMessage response)
    {
        foreach (var sighting in SightingReader.Read(response, _names, packet.Port, packet.Source.Address))
        {
            // What is sent to everybody comes back to this machine.
            if (sighting.Id == _self)
                continue;
            _cache.Add(sighting);
            if (sighting.IsGoodbye)
                continue;
            foreach (var watch in _watches)
            {
                if (watch.Id != sighting.Id)
                    continue;
                _logger.Sighted(sighting.Id.ToShortString(), sighting.Addresses.Count);
                watch.Add(sighting, TimeSpan.Zero);
            }
        }
    }

    private void OnQuestion(LinkPacket packet, DnsMessage query)
    {
        if (_advertisement is not { } advertisement)
            return;
        var state = StateOf(packet.Port);
        if (advertisement.IsKnown(query.Answers))
        {
            // Also when it comes after the question, in a packet of its own.
            state.Cancel();
            return;
        }

        var question = query.Questions.FirstOrDefault(advertisement.Answers);
        if (question is null)
            return;
        var isRecent = state.Announced is { } announced && _timeProvider.GetElapsedTime(announced) < TimeSpan.FromSeconds(Advertisement.TimeToLive) / 4;
        if (packet.Source.Port != MulticastSocket.Port)
            _link.SendTo(packet.Port, packet.Source, advertisement.AnswerLegacy(query.Id, question));
        else if (((ushort)question.Class & UnicastBit) != 0 && isRecent)
            _link.SendTo(packet.Port, packet.Source, advertisement.Bytes.Span);
        else
            AnswerSoon(packet.Port, state, query.IsTruncated);
    }

    private void AnswerSoon(LinkPort port, PortState state, bool hasMore)
    {
        // Who asked has heard the last announcement, if it is no older than this.
        if (state.Pending is not null || (state.Announced is { } last && _timeProvider.GetElapsedTime(last) < ShortestInterval))
            return;
        var delay = hasMore ? RandomNumberGenerator.GetInt32(ShortestDelayWithMore, LongestDelayWithMore) : RandomNumberGenerator.GetInt32(ShortestDelay, LongestDelay);
        state.Pending = _timeProvider.CreateTimer(_ => Answer(port), null, TimeSpan.FromMilliseconds(delay), Timeout.InfiniteTimeSpan);
    }

    private void Answer(LinkPort port)
    {
        lock (_gate)
        {
            var state = StateOf(port);
            if (_disposed || state.Pending is null)
                return;
            state.Cancel();
            SendAnnouncement(port);
        }
    }

    private void OnAppeared(LinkPort port)
    {
        bool isAwaited;
        lock (_gate)
        {
            if (_disposed)
                return;
            SendAnnouncement(port);
            _repeat.Change(ShortestInterval, Timeout.InfiniteTimeSpan);
            isAwaited = _watches.Count > 0;
        }

        if (isAwaited)
            Ask();
    }

    private void Repeat()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            foreach (var port in _link.Ports)
                SendAnnouncement(port);
        }
    }

    private void AnnounceNow()
    {
        foreach (var port in _link.Ports)
            SendAnnouncement(port);
        _repeat.Change(ShortestInterval, Timeout.InfiniteTimeSpan);
    }

    private void SendAnnouncement(LinkPort port)
    {
        if (_advertisement is null)
            return;
        StateOf(port).Announced = _timeProvider.GetTimestamp();
        _link.Send(port, _advertisement.Bytes.Span);
    }

    private void Withdraw(Advertisement? advertisement)
    {
        _advertisement = null;
        if (advertisement is null)
            return;
        foreach (var port in _link.Ports)
            _link.Send(port, advertisement.Goodbye.Span);
    }

    private byte[] ComposeQuestion() => new DnsMessage
    {
        Questions = [new DnsQuestion(_names.Service, DnsType.Ptr)],
        Answers = [.. _cache.Fresh().Take(MaxKnownAnswers).Select(fresh => new DnsRecord(_names.Service, DnsType.Ptr, fresh.Seconds, new DnsNameData(_names.InstanceOf(fresh.Id))))],
    }.ToArray();

    private PortState StateOf(LinkPort port)
    {
        if (!_ports.TryGetValue(port, out var state))
            _ports[port] = state = new PortState();
        return state;
    }
}
