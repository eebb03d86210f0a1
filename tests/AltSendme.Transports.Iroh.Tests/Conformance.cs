using System.Net;
using System.Net.Sockets;
using AltSendme.Abstractions;
using AltSendme.Plugins.Testing;

namespace AltSendme.Transports.Iroh.Tests;

public sealed class IrohStreamTests : TransportStreamTests
{
    protected override int StreamLimit => IrohPair.StreamLimit;

    protected override int UnreadLimit => IrohPair.UnreadLimit;

    protected override ITransport Create(IEndpointIdentity identity) => IrohPair.Transport(identity);
}

public sealed class IrohClosingTests : TransportClosingTests
{
    protected override int StreamLimit => IrohPair.StreamLimit;

    protected override int UnreadLimit => IrohPair.UnreadLimit;

    protected override ITransport Create(IEndpointIdentity identity) => IrohPair.Transport(identity);
}

public sealed class IrohDialTests : TransportDialTests
{
    protected override int StreamLimit => IrohPair.StreamLimit;

    protected override int UnreadLimit => IrohPair.UnreadLimit;

    protected override ITransport Create(IEndpointIdentity identity) => IrohPair.Transport(identity);

    protected override IDisposable ListenSilently(out IPEndPoint endPoint)
    {
        var silent = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        endPoint = (IPEndPoint)silent.Client.LocalEndPoint!;
        return silent;
    }
}

public sealed class PluginConformance : AltSendme.Plugins.Testing.PluginTests
{
    protected override IPlugin Create() => new IrohPlugin();
}
