using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using AltSendme.Plugins.Testing;
using AltSendme.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace AltSendme.Relays.Broker.Tests;

/// <summary>A real RabbitMQ of the tests' own: on loopback, with its own ports, folders and port mapper, and a user with the rights of docs/plugins/broker.md. It ends with the tests, even with killed ones.</summary>
public sealed class RabbitNode : IAsyncLifetime, IDisposable
{
    public const string Token = "alice:correct horse: battery";

    /// <summary>Of a user who may not send.</summary>
    public const string ReaderToken = "reader:only";

    // The one on the PATH is Debian's wrapper, which insists on its own user and folders.
    private const string Server = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    // All in one group that dies when the tests' end of standard input does.
    private const string Launcher = "epmd -port $ERL_EPMD_PORT -address 127.0.0.1 & \"$0\" & cat >/dev/null; kill -9 0";

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new();
    private readonly int _port = FreePort();
    private readonly int _securePort = FreePort();
    private readonly int _mapperPort = FreePort();
    private readonly int _clusterPort = FreePort();
    private Process? _process;

    /// <summary>What is missing on this machine; null where nothing is, and always in CI, where these tests must run.</summary>
    public static string? WhyNot => File.Exists(Server) || (OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable("CI") == "true") ? null : "RabbitMQ is not installed. To run this test: tests/install-tools, or apt-get install rabbitmq-server.";

    public Uri Url => new($"amqp://127.0.0.1:{_port}/altsendme");

    /// <summary>The same with TLS, for whoever trusts <see cref="Certificate"/>.</summary>
    public Uri SecureUrl => new($"amqps://127.0.0.1:{_securePort}/altsendme");

    /// <summary>A PEM file.</summary>
    public string Certificate => _folder.At("cert.pem");

    public async Task InitializeAsync()
    {
        if (WhyNot is not null)
            return;
        _folder.Write("enabled_plugins", "[].");
        _folder.Write("env.conf", "");
        WriteCertificate();
        _folder.Write("definitions.json", $$"""
            {
              "vhosts": [ { "name": "altsendme" } ],
              "users": [
                { "name": "alice", "password": "{{Token["alice:".Length..]}}", "tags": "" },
                { "name": "reader", "password": "{{ReaderToken["reader:".Length..]}}", "tags": "" }
              ],
              "permissions": [
                { "user": "alice", "vhost": "altsendme", "configure": "^amq\\.gen", "write": "^amq\\.(gen|direct)", "read": "^amq\\.(gen|direct)" },
                { "user": "reader", "vhost": "altsendme", "configure": "^amq\\.gen", "write": "^amq\\.gen", "read": "^amq\\.(gen|direct)" }
              ]
            }
            """);
        _folder.Write("rabbitmq.conf", $"""
            listeners.tcp.1 = 127.0.0.1:{_port}
            listeners.ssl.1 = 127.0.0.1:{_securePort}
            ssl_options.certfile = {Certificate}
            ssl_options.keyfile = {_folder.At("key.pem")}
            ssl_options.versions.1 = tlsv1.3
            ssl_options.versions.2 = tlsv1.2
            load_definitions = {_folder.At("definitions.json")}
            log.console.level = error
            """);
        await StartAsync();
    }

    /// <summary>Starts it, again after <see cref="KillAsync"/>.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("setsid", ["sh", "-c", Launcher, Server]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in new[]
        {
            ("HOME", _folder.Path),
            ("ERL_EPMD_PORT", $"{_mapperPort}"),
            ("ERL_EPMD_ADDRESS", "127.0.0.1"),
            ("RABBITMQ_NODENAME", $"altsendme-{_port}@localhost"),
            ("RABBITMQ_DIST_PORT", $"{_clusterPort}"),
            ("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-kernel inet_dist_use_interface {127,0,0,1} +S 1:1"),
            ("RABBITMQ_CONF_ENV_FILE", _folder.At("env.conf")),
            ("RABBITMQ_CONFIG_FILE", _folder.At("rabbitmq.conf")),
            ("RABBITMQ_ENABLED_PLUGINS_FILE", _folder.At("enabled_plugins")),
            ("RABBITMQ_GENERATED_CONFIG_DIR", _folder.At("generated")),
            ("RABBITMQ_MNESIA_BASE", _folder.At("data")),
            ("RABBITMQ_LOG_BASE", _folder.At("log")),
            ("RABBITMQ_LOGS", "-"),
        })
            start.Environment[name] = value;

        _process = Process.Start(start)!;
        var said = new StringBuilder();
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process.OutputDataReceived += (_, e) => OnLine(e.Data);
        _process.ErrorDataReceived += (_, e) => OnLine(e.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        try
        {
            await started.Task.WaitAsync(StartLimit);
        }
        catch (TimeoutException)
        {
            lock (said)
                throw new InvalidOperationException($"RabbitMQ did not start. It said: {said}");
        }

        void OnLine(string? line)
        {
            lock (said)
                said.AppendLine(line);
            if (line?.Contains("completed with", StringComparison.Ordinal) == true)
                started.TrySetResult();
        }
    }

    /// <summary>Ends it as a power cut would.</summary>
    public async Task KillAsync()
    {
        if (_process is null)
            return;
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>What the kit of the contract wants to know of a relay.</summary>
    public RelayUnderTest Relay(string? token = Token, Uri? url = null) =>
        new(url ?? Url, static context => new BrokerTunnel(context, allowPlain: false, TimeProvider.System, NullLogger.Instance)) { Token = token };

    public Task DisposeAsync() => KillAsync();

    public void Dispose() => _folder.Dispose();

    private void WriteCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        var request = new CertificateRequest("CN=a broker", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        _folder.Write("cert.pem", certificate.ExportCertificatePem());
        _folder.Write("key.pem", key.ExportPkcs8PrivateKeyPem());
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
