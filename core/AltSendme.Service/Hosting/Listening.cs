using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AltSendme.Service.Hosting;

/// <summary>Where and within which limits the service listens: one socket or pipe, for one user.</summary>
internal static class Listening
{
    /// <summary>Bytes of a request at most: the longest text, escaped, and room for the rest.</summary>
    public const int MaxRequestBytes = 8 << 20;

    private const int MaxConnections = 128;
    private const int MaxHeaderBytes = 16 << 10;

    public static void Configure(KestrelServerOptions kestrel, ServiceOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = MaxConnections;
        kestrel.Limits.MaxRequestBodySize = MaxRequestBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
        kestrel.Limits.MaxRequestLineSize = MaxHeaderBytes / 2;

        // Watchers of events may take nothing for hours.
        kestrel.Limits.MinResponseDataRate = null;
        if (options.InheritedSocket is { } handle)
            kestrel.ListenHandle(handle, Only);
        else if (OperatingSystem.IsWindows())
            kestrel.ListenNamedPipe(options.Place.Address, static listen => listen.Protocols = HttpProtocols.Http1);
        else
            kestrel.ListenUnixSocket(options.Place.Address, Only);
    }

    private static void Only(ListenOptions listen)
    {
        listen.Protocols = HttpProtocols.Http1;
        listen.Use(static next => connection =>
        {
            if (connection.Features.Get<IConnectionSocketFeature>()?.Socket is { AddressFamily: AddressFamily.Unix } socket && !PeerCheck.IsAllowed(socket))
            {
                connection.Abort(new ConnectionAbortedException("another user"));
                return Task.CompletedTask;
            }

            return next(connection);
        });
    }
}
