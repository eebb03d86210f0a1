using System.Globalization;
using System.Text;

namespace AltSendme.Service.DBus.Objects;

/// <summary>What an object says of itself (D-Bus specification, "Introspection Data Format").</summary>
internal static class IntrospectionXml
{
    private const string Doctype = "<!DOCTYPE node PUBLIC \"-//freedesktop//DTD D-BUS Object Introspection 1.0//EN\" \"http://www.freedesktop.org/standards/dbus/1.0/introspect.dtd\">\n";

    private const string Standard = """
          <interface name="org.freedesktop.DBus.Peer">
            <method name="Ping"/>
            <method name="GetMachineId">
              <arg type="s" name="machine_uuid" direction="out"/>
            </method>
          </interface>
          <interface name="org.freedesktop.DBus.Introspectable">
            <method name="Introspect">
              <arg type="s" name="data" direction="out"/>
            </method>
          </interface>
          <interface name="org.freedesktop.DBus.Properties">
            <method name="Get">
              <arg type="s" name="interface_name" direction="in"/>
              <arg type="s" name="property_name" direction="in"/>
              <arg type="v" name="value" direction="out"/>
            </method>
            <method name="GetAll">
              <arg type="s" name="interface_name" direction="in"/>
              <arg type="a{sv}" name="properties" direction="out"/>
            </method>
            <method name="Set">
              <arg type="s" name="interface_name" direction="in"/>
              <arg type="s" name="property_name" direction="in"/>
              <arg type="v" name="value" direction="in"/>
            </method>
            <signal name="PropertiesChanged">
              <arg type="s" name="interface_name"/>
              <arg type="a{sv}" name="changed_properties"/>
              <arg type="as" name="invalidated_properties"/>
            </signal>
          </interface>

        """;

    /// <summary>An object with an interface of ours and those that every object has.</summary>
    public static string Of(BusInterface own)
    {
        var text = new StringBuilder(Doctype).Append("<node>\n").Append(Standard);
        text.Append(CultureInfo.InvariantCulture, $"  <interface name=\"{own.Name}\">\n");
        foreach (var method in own.Methods)
            WriteMember(text, "method", method.Name, [.. method.In.Select(static argument => (argument, " direction=\"in\"")), .. method.Out.Select(static argument => (argument, " direction=\"out\""))]);
        foreach (var signal in own.Signals)
            WriteMember(text, "signal", signal.Name, [.. signal.Arguments.Select(static argument => (argument, ""))]);
        foreach (var property in own.Properties)
        {
            text.Append(CultureInfo.InvariantCulture, $"    <property type=\"{property.Signature}\" name=\"{property.Name}\" access=\"read\">\n");
            text.Append(CultureInfo.InvariantCulture, $"      <annotation name=\"org.freedesktop.DBus.Property.EmitsChangedSignal\" value=\"{(property.IsConstant ? "const" : "true")}\"/>\n    </property>\n");
        }

        return text.Append("  </interface>\n</node>\n").ToString();
    }

    /// <summary>A path that only leads to another.</summary>
    public static string Parent(string child) => $"{Doctype}<node>\n  <node name=\"{child}\"/>\n</node>\n";

    private static void WriteMember(StringBuilder text, string kind, string name, IReadOnlyList<(BusArgument Argument, string Direction)> arguments)
    {
        text.Append(CultureInfo.InvariantCulture, $"    <{kind} name=\"{name}\"");
        if (arguments.Count == 0)
        {
            text.Append("/>\n");
            return;
        }

        text.Append(">\n");
        foreach (var (argument, direction) in arguments)
            text.Append(CultureInfo.InvariantCulture, $"      <arg type=\"{argument.Signature}\" name=\"{argument.Name}\"{direction}/>\n");
        text.Append(CultureInfo.InvariantCulture, $"    </{kind}>\n");
    }
}
