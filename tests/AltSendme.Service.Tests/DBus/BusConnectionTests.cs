using AltSendme.Service.DBus.Connection;
using AltSendme.Service.DBus.Objects;
using AltSendme.Service.DBus.Values;
using Microsoft.Extensions.Logging.Abstractions;

namespace AltSendme.Service.Tests.DBus;

/// <summary>The layer over sd-bus, with two of its connections on a real bus.</summary>
public sealed class BusConnectionTests
{
    private const string Path = "/test/Object";
    private const string Interface = "test.Interface1";

    private static readonly CancellationTokenSource Limit = new(TimeSpan.FromSeconds(60));

    public static TheoryData<string, object> Values => new()
    {
        { "y", (byte)200 },
        { "b", true },
        { "n", (short)-2 },
        { "q", (ushort)65535 },
        { "i", int.MinValue },
        { "u", uint.MaxValue },
        { "x", long.MinValue },
        { "t", ulong.MaxValue },
        { "d", 0.5 },
        { "s", "grüße, 世界 \U0001F600" },
        { "s", new string('x', 100_000) },
        { "o", new ObjectPath("/a/b") },
        { "g", "a{sv}" },
        { "as", new[] { "one", "", "three" } },
        { "ay", new byte[] { 1, 0, 255 } },
        { "(is)", new object[] { 7, "seven" } },
        { "a(ub)", new object[] { new object[] { 1u, true }, new object[] { 2u, false } } },
        { "aas", new object[] { new[] { "a" }, Array.Empty<string>() } },
    };

    [BusTheory]
    [MemberData(nameof(Values))]
    public async Task A_value_is_the_same_on_the_other_side(string signature, object value)
    {
        await using var pair = await Pair.OpenAsync(new BusMethod("Echo", [new("value", "v")], [new("value", "v")], static (call, _) => Task.FromResult<object[]>([call.Body[0]])));

        var answer = await pair.CallAsync("Echo", "v", new Variant(signature, value));

        Assert.Equal(value, ((Variant)answer.Body[0]).Value);
        Assert.Equal(signature, ((Variant)answer.Body[0]).Signature);
    }

    [BusFact]
    public async Task A_dictionary_is_the_same_on_the_other_side()
    {
        await using var pair = await Pair.OpenAsync(new BusMethod("Count", [new("values", "a{sv}")], [new("text", "s")], static (call, _) =>
            Task.FromResult<object[]>([string.Join(',', ((IReadOnlyDictionary<string, object>)call.Body[0]).Select(static pair => $"{pair.Key}={((Variant)pair.Value).Value}"))])));

        var answer = await pair.CallAsync("Count", "a{sv}", new Dictionary<string, Variant> { ["one"] = 1, ["two"] = "zwei" });

        Assert.Equal("one=1,two=zwei", answer.Body[0]);
    }

    [BusFact]
    public async Task A_slow_call_keeps_no_other_waiting()
    {
        var release = new TaskCompletionSource();
        await using var pair = await Pair.OpenAsync(
            new BusMethod("Slow", [], [new("text", "s")], async (_, _) =>
            {
                await release.Task;
                return ["slow"];
            }),
            new BusMethod("Quick", [], [new("text", "s")], static (_, _) => Task.FromResult<object[]>(["quick"])));

        var slow = pair.CallAsync("Slow", "");
        var quick = await pair.CallAsync("Quick", "");

        Assert.Equal("quick", quick.Body[0]);
        Assert.False(slow.IsCompleted);
        release.SetResult();
        Assert.Equal("slow", (await slow).Body[0]);
    }

    [BusFact]
    public async Task Beyond_what_may_be_worked_on_at_once_calls_are_refused_and_those_before_are_answered()
    {
        var release = new TaskCompletionSource();
        await using var pair = await Pair.OpenAsync(new BusMethod("Slow", [], [], async (_, _) =>
        {
            await release.Task;
            return [];
        }));

        var calls = Enumerable.Range(0, BusLoop.MaxCalls + 1).Select(_ => pair.CallAsync("Slow", "")).ToList();
        var exception = await Assert.ThrowsAsync<BusException>(() => calls[^1]);
        release.SetResult();
        await Task.WhenAll(calls.SkipLast(1));

        Assert.Equal(BusErrors.LimitsExceeded, exception.Name);
    }

    [BusTheory]
    [InlineData("as", 65_000, true)]
    [InlineData("as", 65_537, false)]
    [InlineData("au", 65_537, false)]
    public async Task A_message_with_too_many_values_is_refused_and_the_next_one_is_read(string signature, int count, bool isTaken)
    {
        await using var pair = await Pair.OpenAsync(new BusMethod("Take", [new("values", "v")], [], static (_, _) => Task.FromResult<object[]>([])));

        var call = pair.CallAsync("Take", "v", new Variant(signature, signature == "as" ? Enumerable.Repeat("x", count).ToArray() : Enumerable.Repeat<object>(1u, count).ToArray()));

        if (isTaken)
            await call;
        else
            Assert.Equal(BusErrors.LimitsExceeded, (await Assert.ThrowsAsync<BusException>(() => call)).Name);
        await pair.CallAsync("Take", "v", new Variant("s", "next"));
    }

    [BusFact]
    public async Task A_text_that_is_too_long_is_refused()
    {
        await using var pair = await Pair.OpenAsync(new BusMethod("Take", [new("text", "s")], [], static (_, _) => Task.FromResult<object[]>([])));

        var exception = await Assert.ThrowsAsync<BusException>(() => pair.CallAsync("Take", "s", new string('x', MessageReader.MaxTextBytes + 1)));

        Assert.Equal(BusErrors.LimitsExceeded, exception.Name);
        await pair.CallAsync("Take", "s", "next");
    }

    [BusFact]
    public async Task The_deepest_nesting_that_a_bus_lets_through_is_read()
    {
        await using var pair = await Pair.OpenAsync(new BusMethod("Take", [new("value", "v")], [], static (_, _) => Task.FromResult<object[]>([])));
        var value = new Variant("s", "within");
        for (var depth = 0; depth < 60; depth++)
            value = new Variant("v", value);

        await pair.CallAsync("Take", "v", value);

        await Assert.ThrowsAsync<BusException>(() => pair.CallAsync("Take", "v", Enumerable.Range(0, 100).Aggregate(value, static (inner, _) => new Variant("v", inner))));
    }

    [BusFact]
    public async Task What_is_not_there_is_said_by_its_name()
    {
        await using var pair = await Pair.OpenAsync(new BusMethod("Take", [new("text", "s")], [], static (_, _) => Task.FromResult<object[]>([])));

        Assert.Equal(BusErrors.UnknownMethod, await pair.ErrorOfAsync(Path, Interface, "Give", "s", "x"));
        Assert.Equal(BusErrors.UnknownInterface, await pair.ErrorOfAsync(Path, "test.Other", "Take", "s", "x"));
        Assert.Equal(BusErrors.UnknownObject, await pair.ErrorOfAsync("/elsewhere", Interface, "Take", "s", "x"));
        Assert.Equal(BusErrors.InvalidArgs, await pair.ErrorOfAsync(Path, Interface, "Take", "u", 1u));
        Assert.Equal(BusErrors.InvalidArgs, await pair.ErrorOfAsync(Path, Interface, "Take", ""));
        Assert.Equal(BusErrors.UnknownMethod, await pair.ErrorOfAsync(Path, "org.freedesktop.DBus.Properties", "Forget", ""));
        Assert.Equal(BusErrors.InvalidArgs, await pair.ErrorOfAsync(Path, "org.freedesktop.DBus.Properties", "Get", "s", "x"));
    }

    [BusFact]
    public async Task A_fault_in_a_method_is_an_answer_and_not_the_end()
    {
        await using var pair = await Pair.OpenAsync(
            new BusMethod("Fail", [], [], static (_, _) => throw new InvalidOperationException("a bug")),
            new BusMethod("Lie", [], [new("number", "u")], static (_, _) => Task.FromResult<object[]>(["no number"])),
            new BusMethod("Work", [], [], static (_, _) => Task.FromResult<object[]>([])));

        Assert.Equal("org.altsendme.Error.unexpected", await pair.ErrorOfAsync(Path, Interface, "Fail", ""));
        Assert.Equal(BusErrors.Failed, await pair.ErrorOfAsync(Path, Interface, "Lie", ""));
        await pair.CallAsync("Work", "");
    }

    [BusFact]
    public async Task When_the_bus_dies_whoever_waits_learns_it()
    {
        await using var pair = await Pair.OpenAsync(new BusMethod("Never", [], [], static async (_, stop) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
            return [];
        }));
        var call = pair.CallAsync("Never", "");

        await pair.Bus.KillAsync();

        await Assert.ThrowsAsync<BusException>(() => call);
        await pair.Client.Ended;
        Assert.Throws<BusException>(() => pair.Client.Send(BusMessage.Signal(Path, Interface, "Gone", "")));
    }

    [BusFact]
    public async Task A_call_can_be_given_up()
    {
        await using var pair = await Pair.OpenAsync(new BusMethod("Never", [], [], static async (_, stop) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
            return [];
        }));
        using var giveUp = new CancellationTokenSource();
        var call = pair.CallAsync("Never", "", giveUp.Token);

        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [BusTheory]
    [InlineData("unix:path=/nowhere/at/all")]
    [InlineData("nonsense")]
    [InlineData("")]
    public async Task Where_no_bus_is_that_is_said(string address) => await Assert.ThrowsAsync<BusException>(() => BusConnection.OpenAsync(address, static (_, _) => { }, Limit.Token));

    /// <summary>A program with an object, and one that calls it.</summary>
    private sealed class Pair : IAsyncDisposable
    {
        private Pair(BusDaemon bus, BusConnection client, BusConnection server, string name, ObjectServer objects) => (Bus, Client, Server, Name, Objects) = (bus, client, server, name, objects);

        public BusDaemon Bus { get; }

        public BusConnection Client { get; }

        private BusConnection Server { get; }

        private string Name { get; }

        private ObjectServer Objects { get; }

        public static async Task<Pair> OpenAsync(params BusMethod[] methods)
        {
            var bus = await BusDaemon.StartAsync();
            var objects = new ObjectServer(Path, new BusInterface(Interface, methods, [], []), AltSendme.Service.DBus.SessionBusAddress.User, NullLogger.Instance);
            var server = await BusConnection.OpenAsync(bus.Address, (connection, message) =>
            {
                if (message.Type == BusMessageType.Call)
                    objects.Take(connection, message);
            }, Limit.Token);
            await server.CallAsync(BusMessage.Call(BusConnection.Driver, BusConnection.DriverPath, BusConnection.Driver, "RequestName", "su", "test.Name", 0u), Limit.Token);
            var client = await BusConnection.OpenAsync(bus.Address, static (_, _) => { }, Limit.Token);
            return new Pair(bus, client, server, "test.Name", objects);
        }

        public Task<BusMessage> CallAsync(string member, string signature, params object[] body) => CallAsync(member, signature, Limit.Token, body);

        public Task<BusMessage> CallAsync(string member, string signature, CancellationToken cancellationToken, params object[] body) => Client.CallAsync(BusMessage.Call(Name, Path, Interface, member, signature, body), cancellationToken);

        public async Task<string> ErrorOfAsync(string path, string interfaceName, string member, string signature, params object[] body) =>
            (await Assert.ThrowsAsync<BusException>(() => Client.CallAsync(BusMessage.Call(Name, path, interfaceName, member, signature, body), Limit.Token))).Name;

        public async ValueTask DisposeAsync()
        {
            await Objects.DisposeAsync();
            await Client.DisposeAsync();
            await Server.DisposeAsync();
            await Bus.DisposeAsync();
        }
    }
}
