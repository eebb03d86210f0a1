using System.Diagnostics;
using AltSendme.Service.Client.Contract;
using AltSendme.Service.DBus.Api;
using AltSendme.Service.DBus.Connection;
using AltSendme.Service.DBus.Values;
using AltSendme.TestKit;

namespace AltSendme.Service.Tests.DBus;

public sealed class SessionBusTests
{
    private static readonly byte[] Content = new byte[100_000];

    static SessionBusTests() => new Random(8).NextBytes(Content);

    [BusFact]
    public async Task What_is_sent_over_the_bus_is_received_and_signals_tell_of_it()
    {
        await using var test = await BusTest.StartAsync();
        await using var receiver = await ServiceHarness.StartAsync(test.Service.Network);
        await test.Client.MatchAsync($"type='signal',interface='{AltSendmeObject.Name}'", test.Token);

        var ticket = await test.Client.SendAsync([test.Uri("report ä.pdf", Content)], BusClient.Quiet, test.Token);
        var receive = await receiver.UntilAsync((await receiver.OrderAsync(ticket)).Id, static view => view.State is ReceiveState.Completed or ReceiveState.Failed);

        Assert.Null(receive.Error);
        Assert.Equal(Content, await File.ReadAllBytesAsync(Assert.Single(receive.Paths)));
        var share = Assert.Single(await test.Service.Client.SharesAsync(test.Token));
        var finished = await test.Client.SignalAsync(static message => message.Member == "Finished", test.Token);
        Assert.Equal(share.Id, finished.Body[0]);
        Assert.Equal("sa{sv}", finished.Signature);
    }

    [BusFact]
    public async Task Options_hold()
    {
        await using var test = await BusTest.StartAsync();
        var expires = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds();

        var ticket = await test.Client.SendAsync([test.Uri("a", Content)], new Dictionary<string, Variant>(BusClient.Quiet) { ["broadcast"] = true, ["ticket-type"] = "id", ["expires"] = expires }, test.Token);

        var share = Assert.Single(await test.Service.Client.SharesAsync(test.Token));
        Assert.Equal((ticket, true, Core.Settings.TicketForm.Id, (long?)expires), (share.Ticket, share.Broadcast, share.TicketType, share.Expires?.ToUnixTimeSeconds()));
        var listed = (IReadOnlyDictionary<string, object>)((object[])(await test.Client.CallAsync("ListShares", "", test.Token))[0])[0];
        Assert.Equal((share.Id, ticket, "sharing"), (Text("id"), Text("ticket"), Text("state")));
        await test.Client.CallAsync("StopShare", "s", test.Token, share.Id);
        Assert.Empty(await test.Service.Client.SharesAsync(test.Token));

        string Text(string key) => (string)((Variant)listed[key]).Value;
    }

    [BusFact]
    public async Task A_receive_can_be_ordered_over_the_bus()
    {
        await using var test = await BusTest.StartAsync();
        await using var sender = await ServiceHarness.StartAsync(test.Service.Network);
        var share = await sender.ShareAsync("report.pdf", Content);

        var id = (string)(await test.Client.CallAsync("Receive", "sa{sv}", test.Token, share.Ticket!, new Dictionary<string, Variant> { ["destination"] = test.Service.Downloads, ["notify"] = false }))[0];

        var receive = await test.Service.UntilAsync(id, static view => view.State is ReceiveState.Completed or ReceiveState.Failed);
        Assert.Equal(Content, await File.ReadAllBytesAsync(Assert.Single(receive.Paths)));
    }

    [BusFact]
    public async Task What_introspection_says_is_what_is_kept_with_the_packages()
    {
        await using var test = await BusTest.StartAsync();
        var path = Path.Combine(Root(), "integrations", "packaging", "dbus", "org.altsendme.AltSendme1.xml");

        var answer = await test.Client.Connection.CallAsync(BusMessage.Call(AltSendmeObject.Name, AltSendmeObject.Path, "org.freedesktop.DBus.Introspectable", "Introspect"), test.Token);

        if (Environment.GetEnvironmentVariable("ALTSENDME_APPROVE_API") == "1")
            await File.WriteAllTextAsync(path, (string)answer.Body[0]);
        Assert.Equal((await File.ReadAllTextAsync(path)).ReplaceLineEndings("\n"), answer.Body[0]);
    }

    [BusFact]
    public async Task Properties_tell_how_the_service_is_and_when_that_changes()
    {
        await using var test = await BusTest.StartAsync();
        await test.Client.MatchAsync("type='signal',interface='org.freedesktop.DBus.Properties'", test.Token);

        await test.Client.SendAsync([test.Uri("a", Content)], BusClient.Quiet, test.Token);

        var changed = await test.Client.SignalAsync(static message => message.Member == "PropertiesChanged", test.Token);
        Assert.Equal(1u, ((Variant)((IReadOnlyDictionary<string, object>)changed.Body[1])["ActiveShares"]).Value);
        var all = await test.Client.Connection.CallAsync(BusMessage.Call(AltSendmeObject.Name, AltSendmeObject.Path, "org.freedesktop.DBus.Properties", "GetAll", "s", AltSendmeObject.Name), test.Token);
        Assert.Equal(["ActiveReceives", "ActiveShares", "Version"], ((IReadOnlyDictionary<string, object>)all.Body[0]).Keys.Order());
        var set = await Assert.ThrowsAsync<BusException>(() => test.Client.Connection.CallAsync(BusMessage.Call(AltSendmeObject.Name, AltSendmeObject.Path, "org.freedesktop.DBus.Properties", "Set", "ssv", AltSendmeObject.Name, "Version", new Variant("s", "9")), test.Token));
        Assert.Equal(BusErrors.PropertyReadOnly, set.Name);
    }

    [BusFact]
    public async Task Errors_have_our_code_and_words()
    {
        await using var test = await BusTest.StartAsync();

        var remote = await RefusedAsync(test, ["smb://server/report.pdf"], BusClient.Quiet);
        var missing = await RefusedAsync(test, ["file:///nowhere/report.pdf"], BusClient.Quiet);
        var none = await RefusedAsync(test, [], BusClient.Quiet);

        Assert.Equal("org.altsendme.Error.service.bad_request", remote.Name);
        Assert.Contains("'report.pdf' is not on this computer (smb)", remote.Message, StringComparison.Ordinal);
        Assert.Equal("org.altsendme.Error.source.missing", missing.Name);
        Assert.Equal("org.altsendme.Error.service.bad_request", none.Name);
        Assert.Empty(await test.Service.Client.SharesAsync(test.Token));
    }

    [BusFact]
    public async Task Options_of_the_wrong_kind_or_name_are_refused()
    {
        await using var test = await BusTest.StartAsync();
        string[] uris = [test.Uri("a", Content)];

        foreach (var (name, value, words) in new (string, Variant, string)[]
        {
            ("broadcast", "yes", "broadcast must be true or false"),
            ("copy", 1, "copy must be true or false"),
            ("ticket-type", "everything", "ticket-type must be one of"),
            ("ticket-type", "3", "ticket-type must be one of"),
            ("ticket-type", true, "ticket-type must be a text"),
            ("expires", "tomorrow", "expires must be a number"),
            ("expires", long.MaxValue, "no calendar"),
            ("expires", 1, "in the past"),
            ("brodcast", true, "no option 'brodcast'"),
            ("\u202Ex", true, "no option '\uFFFDx'"),
        })
        {
            var exception = await RefusedAsync(test, uris, new Dictionary<string, Variant>(BusClient.Quiet) { [name] = value });
            Assert.Equal("org.altsendme.Error.service.bad_request", exception.Name);
            Assert.Contains(words, exception.Message, StringComparison.Ordinal);
        }

        Assert.Empty(await test.Service.Client.SharesAsync(test.Token));
    }

    [BusTheory]
    [InlineData("asa{ss}")]
    [InlineData("sa{sv}")]
    [InlineData("as")]
    [InlineData("")]
    public async Task Values_of_the_wrong_types_are_refused(string signature)
    {
        await using var test = await BusTest.StartAsync();
        object[] body = signature switch
        {
            "asa{ss}" => [new[] { "file:///a" }, Array.Empty<object>()],
            "sa{sv}" => ["file:///a", BusClient.NoOptions],
            "as" => [new[] { "file:///a" }],
            _ => [],
        };

        var exception = await Assert.ThrowsAsync<BusException>(() => test.Client.CallAsync("Send", signature, test.Token, body));

        Assert.Equal(BusErrors.InvalidArgs, exception.Name);
        Assert.Contains($"(asa{{sv}}), not ({signature})", exception.Message, StringComparison.Ordinal);
    }

    [BusFact]
    public async Task Ten_thousand_URIs_are_taken_and_one_more_is_not()
    {
        await using var test = await BusTest.StartAsync();
        var uris = Enumerable.Range(0, ShareOrder.MaxPaths).Select(number => test.Uri($"many/{number}", [])).ToArray();

        var ticket = await test.Client.SendAsync(uris, BusClient.Quiet, test.Token);
        var exception = await RefusedAsync(test, [.. uris, uris[0]], BusClient.Quiet);

        Assert.StartsWith("blob", ticket, StringComparison.Ordinal);
        Assert.Equal(ShareOrder.MaxPaths, Assert.Single(await test.Service.Client.SharesAsync(test.Token)).Files);
        Assert.Contains("More than 10000 items", exception.Message, StringComparison.Ordinal);
    }

    [BusFact]
    public async Task A_very_long_URI_is_refused()
    {
        await using var test = await BusTest.StartAsync();

        var long_ = await RefusedAsync(test, ["file:///" + new string('x', ShareOrder.MaxPathLength)], BusClient.Quiet);
        var longer = await RefusedAsync(test, ["file:///" + new string('x', MessageReader.MaxTextBytes)], BusClient.Quiet);

        Assert.Equal("org.altsendme.Error.service.bad_request", long_.Name);
        Assert.Equal(BusErrors.LimitsExceeded, longer.Name);
    }

    [BusFact]
    public async Task A_bus_that_dies_is_no_end_and_one_that_comes_back_is_found()
    {
        await using var test = await BusTest.StartAsync();
        var ticket = await test.Client.SendAsync([test.Uri("a", Content)], BusClient.Quiet, test.Token);

        await test.Bus.KillAsync();
        Assert.Equal(ticket, Assert.Single(await test.Service.Client.SharesAsync(test.Token)).Ticket);
        await test.Bus.StartAgainAsync();
        await using var client = await BusClient.ConnectAsync(test.Bus, test.Token);
        await client.UntilOwnedAsync(AltSendmeObject.Name, test.Token);

        Assert.Single((object[])(await client.CallAsync("ListShares", "", test.Token))[0]);
    }

    [BusFact]
    public async Task Where_another_program_has_the_name_the_service_takes_its_place_when_that_one_ends()
    {
        await using var bus = await BusDaemon.StartAsync();
        await using var service = new ServiceHarness { SessionBus = bus.Address };
        await using var client = await BusClient.ConnectAsync(bus, service.Token);
        var other = await BusClient.ConnectAsync(bus, service.Token);
        await other.DriverAsync("RequestName", "su", service.Token, AltSendmeObject.Name, 0u);
        await client.MatchAsync($"type='signal',sender='{BusConnection.Driver}',member='NameOwnerChanged'", service.Token);

        await service.StartAsync();
        await client.SignalAsync(static message => message.Body is [string name, "", _] && name.StartsWith(':'), service.Token);
        await service.Client.StatusAsync(service.Token);
        await other.DisposeAsync();

        await client.SignalAsync(static message => message.Body is [AltSendmeObject.Name, _, string { Length: > 0 }], service.Token);
        Assert.Empty((object[])(await client.CallAsync("ListShares", "", service.Token))[0]);
    }

    [BusFact]
    public async Task The_name_is_given_back_when_the_service_ends()
    {
        await using var test = await BusTest.StartAsync();

        await test.Service.StopAsync();

        Assert.False((bool)(await test.Client.DriverAsync("NameHasOwner", "s", test.Token, AltSendmeObject.Name))[0]);
        await test.Service.StartAsync();
    }

    [BusFact]
    public async Task A_setting_keeps_the_service_off_the_bus()
    {
        await using var bus = await BusDaemon.StartAsync();
        await using var service = new ServiceHarness { SessionBus = bus.Address };
        service.Folder.Write("user.json", """{ "Service": { "SessionBus": false } }""");
        await service.StartAsync();
        await using var client = await BusClient.ConnectAsync(bus, service.Token);

        Assert.Equal(2, ((string[])(await client.DriverAsync("ListNames", "", service.Token))[0]).Length);
    }

    [BusFact]
    public async Task A_bus_that_is_not_there_is_no_reason_not_to_start()
    {
        await using var service = new ServiceHarness { SessionBus = "unix:path=/nowhere/bus" };

        await service.StartAsync();

        Assert.Equal(0, (await service.Client.StatusAsync(service.Token)).Shares);
    }

    [BusFact]
    public async Task Another_user_is_turned_away_even_where_the_bus_lets_everybody_in()
    {
        if (!Environment.IsPrivilegedProcess || !File.Exists("/usr/bin/setpriv") || !File.Exists("/usr/bin/gdbus"))
            return;
        await using var test = await BusTest.StartAsync(isOpen: true);

        var (own, _) = await GdbusAsync(test, [], "ListShares");
        var (other, error) = await GdbusAsync(test, ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"], "ListShares");

        Assert.Equal(0, own);
        Assert.NotEqual(0, other);
        Assert.Contains("AccessDenied", error, StringComparison.Ordinal);
    }

    [BusFact]
    public async Task A_text_that_is_not_UTF_8_does_not_get_through()
    {
        if (!File.Exists("/usr/bin/python3"))
            return;
        await using var test = await BusTest.StartAsync();
        var script = test.Service.Folder.Write("raw.py", RawCall);

        using var python = Process.Start(new ProcessStartInfo("python3", [script, test.Bus.Address["unix:path=".Length..]]) { RedirectStandardOutput = true })!;
        var said = await python.StandardOutput.ReadToEndAsync(test.Token);

        Assert.Equal("closed", said.Trim());
        Assert.Empty((object[])(await test.Client.CallAsync("ListShares", "", test.Token))[0]);
    }

    /// <summary>Speaks D-Bus by hand, since no library sends what is not UTF-8.</summary>
    private const string RawCall = """
        import os, socket, struct, sys
        s = socket.socket(socket.AF_UNIX); s.settimeout(20); s.connect(sys.argv[1])
        s.sendall(b"\0AUTH EXTERNAL " + str(os.getuid()).encode().hex().encode() + b"\r\n"); s.recv(4096)
        s.sendall(b"BEGIN\r\n")
        def text(v): return struct.pack("<I", len(v)) + v + b"\0"
        def pad(b, n): return b + b"\0" * (-len(b) % n)
        def call(serial, dest, path, iface, member, sig, body):
            fields = b""
            for code, kind, value in [(1, b"o", path), (6, b"s", dest), (2, b"s", iface), (3, b"s", member)]:
                fields = pad(fields, 8) + bytes([code, 1]) + kind + b"\0" + text(value)
            if sig: fields = pad(fields, 8) + bytes([8, 1]) + b"g\0" + bytes([len(sig)]) + sig + b"\0"
            return pad(b"l\1\0\1" + struct.pack("<III", len(body), serial, len(fields)) + fields, 8) + body
        s.sendall(call(1, b"org.freedesktop.DBus", b"/org/freedesktop/DBus", b"org.freedesktop.DBus", b"Hello", b"", b""))
        s.recv(4096)
        s.sendall(call(2, b"org.altsendme.AltSendme1", b"/org/altsendme/AltSendme1", b"org.altsendme.AltSendme1", b"StopShare", b"s", text(b"\xff\xfe\xff")))
        data = b""
        try:
            while True:
                got = s.recv(4096)
                if not got: print("closed"); break
                data += got
                if b"org.altsendme.Error" in data or b"InvalidArgs" in data: print("answered"); break
        except ConnectionResetError: print("closed")
        """;

    [ToolFact("gdbus", "apt-get install libglib2.0-bin")]
    public async Task Gdbus_sees_and_calls_it()
    {
        if (!BusFactAttribute.IsPossible)
            return;
        await using var test = await BusTest.StartAsync();

        var (sent, ticket) = await GdbusAsync(test, [], "Send", $"['{test.Uri("it's.txt", Content).Replace("'", "\\'", StringComparison.Ordinal)}']", "{'copy': <false>, 'notify': <false>}");
        var (failed, error) = await GdbusAsync(test, [], "Send", "['trash:///it']", "{}");

        Assert.True(sent == 0, ticket);
        Assert.StartsWith("('blob", ticket, StringComparison.Ordinal);
        Assert.NotEqual(0, failed);
        Assert.Contains("org.altsendme.Error.service.bad_request: 'it' is not on this computer (trash)", error, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output)> GdbusAsync(BusTest test, string[] launcher, string method, params string[] arguments)
    {
        string[] command = [.. launcher, "gdbus", "call", "--address", test.Bus.Address, "--dest", AltSendmeObject.Name, "--object-path", AltSendmeObject.Path, "--method", $"{AltSendmeObject.Name}.{method}", .. arguments];
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["DBUS_SESSION_BUS_ADDRESS"] = test.Bus.Address } })!;
        var error = process.StandardError.ReadToEndAsync(test.Token);
        var output = await process.StandardOutput.ReadToEndAsync(test.Token);
        await process.WaitForExitAsync(test.Token);
        return (process.ExitCode, output + await error);
    }

    private static Task<BusException> RefusedAsync(BusTest test, string[] uris, IReadOnlyDictionary<string, Variant> options) => Assert.ThrowsAsync<BusException>(() => test.Client.SendAsync(uris, options, test.Token));

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AltSendme.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("AltSendme.sln was not found above the tests.");
        return folder.FullName;
    }
}
